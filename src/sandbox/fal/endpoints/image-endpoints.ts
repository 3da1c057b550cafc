import { modelError } from '../fal-error.js';
import type { JobOutcome, PicturesOutcome } from '../queue/request-record.js';
import { triggerIn } from '../weights-file.js';
import { chooseSeed, type Endpoint, type Input, type PreparationTools } from './endpoint.js';
import { imageSizes, longestSide, type PixelSize, sizeFor, ultraSizes } from './image-sizes.js';
import {
  checkInput,
  type Field,
  fileUrl,
  filledText,
  flag,
  integer,
  isObject,
  listOf,
  nameOrPixels,
  number,
  objectOf,
  oneOf,
  optional,
  required,
  text,
} from './input-fields.js';
import { refusedFor, safetyFlags } from './sandbox-words.js';
import { sourcePicture } from './source-picture.js';

const sizeField = optional(nameOrPixels(Object.keys(imageSizes), longestSide));

const common = {
  prompt: required(text),
  num_images: optional(integer(1, 4)),
  seed: optional(integer()),
  output_format: optional(oneOf('jpeg', 'png')),
  sync_mode: optional(flag),
};

const finetune = {
  finetune_id: required(filledText),
  finetune_strength: required(number(0, 2)),
  safety_tolerance: optional(oneOf('1', '2', '3', '4', '5', '6')),
};

const withLoras = {
  ...common,
  loras: optional(listOf(objectOf({ path: required(fileUrl), scale: optional(number(0, 4)) }))),
  image_size: sizeField,
  num_inference_steps: optional(integer(1, 50)),
  guidance_scale: optional(number(0, 35)),
  enable_safety_checker: optional(flag),
  acceleration: optional(oneOf('none', 'regular')),
};

export const fluxLora = imageEndpoint(
  'fal-ai/flux-lora',
  (input) => sizeFor(input.image_size, imageSizes, 'landscape_4_3'),
  withLoras,
);

export const fluxLoraImageToImage = fromPicture(
  imageEndpoint(
    'fal-ai/flux-lora/image-to-image',
    (input) => sizeFor(input.image_size, imageSizes, 'landscape_4_3'),
    { ...withLoras, image_url: required(fileUrl), strength: optional(number(0.01, 1)) },
  ),
);

export const fluxProFinetuned = imageEndpoint(
  'fal-ai/flux-pro/finetuned',
  (input) => sizeFor(input.image_size, imageSizes, 'landscape_4_3'),
  {
    ...common,
    ...finetune,
    image_size: sizeField,
    num_inference_steps: optional(integer(1, 50)),
    guidance_scale: optional(number(1.5, 5)),
  },
);

export const fluxProUltraFinetuned = imageEndpoint(
  'fal-ai/flux-pro/v1.1-ultra-finetuned',
  (input) => sizeFor(input.aspect_ratio, ultraSizes, '16:9'),
  {
    ...common,
    ...finetune,
    aspect_ratio: optional(oneOf(...Object.keys(ultraSizes))),
    enable_safety_checker: optional(flag),
    raw: optional(flag),
    image_url: optional(fileUrl),
    image_prompt_strength: optional(number(0, 1)),
    enhance_prompt: optional(flag),
  },
);

function imageEndpoint(
  name: string,
  sizeOf: (input: Input) => PixelSize,
  shape: Readonly<Record<string, Field>>,
): Endpoint {
  return {
    name,
    work: 'image',
    check: (input) => checkInput(shape, input),
    prepare: (input, tools) =>
      refusedFor(input.prompt) ?? missingWeights(input, tools) ?? drawn(input, tools),
  };

  function drawn(input: Input, tools: PreparationTools): JobOutcome | Promise<JobOutcome> {
    const pictures = planned(input, tools);
    const paths = lorasOf(input).map(({ path }) => String(path));
    if (paths.length < 2) return pictures;
    return Promise.all(paths.map((path) => nameOf(path, tools))).then((names) => ({ ...pictures, names }));
  }

  function planned(input: Input, { random }: PreparationTools): PicturesOutcome {
    const count = typeof input.num_images === 'number' ? input.num_images : 1;
    return {
      kind: 'pictures',
      seed: chooseSeed(input, random),
      ...sizeOf(input),
      format: input.output_format === 'png' ? 'png' : 'jpeg',
      flagged: safetyFlags(input, count),
    };
  }
}

/** Starts from the picture that is sent in, and has its size unless told otherwise. */
function fromPicture(endpoint: Endpoint): Endpoint {
  const prepare = async (input: Input, tools: PreparationTools): Promise<JobOutcome> => {
    const source = await sourcePicture(input, tools);
    if ('kind' in source) return source;
    const { width, height, bytes } = source;
    const outcome = await endpoint.prepare({ image_size: { width, height }, ...input }, tools);
    if (outcome.kind !== 'pictures') return outcome;
    tools.inputs.keep(tools.requestId, bytes);
    return { ...outcome, kept: 1 - (typeof input.strength === 'number' ? input.strength : 0.85) };
  };
  return { ...endpoint, prepare };
}

/** Weights anywhere else are believed: the sandbox never goes out to look. */
function missingWeights(input: Input, { files }: PreparationTools): JobOutcome | undefined {
  const index = lorasOf(input).findIndex(({ path }) => !files.weightsMayExist(String(path)));
  if (index < 0) return undefined;
  const msg = 'Failed to download the file. Please check if the URL is accessible and try again.';
  return modelError('file_download_error', msg, ['body', 'loras', index, 'path']);
}

const lorasOf = ({ loras }: Input): Readonly<Record<string, unknown>>[] =>
  Array.isArray(loras) ? loras.filter(isObject) : [];

/** What its weights say, else what their file is called. */
async function nameOf(path: string, { files }: PreparationTools): Promise<string> {
  const trained = await triggerIn(await files.source(path));
  return trained ?? new URL(path).pathname.replace(/^.*\/|\.[^.]*$/g, '');
}

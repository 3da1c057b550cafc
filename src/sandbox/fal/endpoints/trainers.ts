import { type JobError, modelError } from '../fal-error.js';
import type { JobOutcome } from '../queue/request-record.js';
import { listZip } from '../storage/zip-listing.js';
import { chooseSeed, type Endpoint, type Input, type PreparationTools } from './endpoint.js';
import {
  checkInput,
  type Field,
  fileUrl,
  flag,
  integer,
  number,
  optional,
  required,
  text,
} from './input-fields.js';

const mostSteps = 10_000;
const photo = /\.(jpe?g|png|webp|avif|heic|bmp|tiff?)$/i;

const common = {
  images_data_url: required(fileUrl),
  steps: optional(integer(1, mostSteps)),
  create_masks: optional(flag),
  data_archive_format: optional(text),
};

export const portraitTrainer = trainer('fal-ai/flux-lora-portrait-trainer', 'trigger_phrase', 2500, {
  ...common,
  trigger_phrase: optional(text),
  learning_rate: optional(number(0, 1)),
  multiresolution_training: optional(flag),
  subject_crop: optional(flag),
});

export const fastTrainer = trainer('fal-ai/flux-lora-fast-training', 'trigger_word', 1000, {
  ...common,
  trigger_word: optional(text),
  is_style: optional(flag),
});

function trainer(
  name: string,
  triggerField: string,
  normalSteps: number,
  shape: Readonly<Record<string, Field>>,
): Endpoint {
  return {
    name,
    work: 'training',
    check: (input) => checkInput(shape, input),
    prepare: async (input, tools): Promise<JobOutcome> => {
      const pictures = await countPictures(input, tools);
      if (typeof pictures !== 'number') return pictures;
      return {
        kind: 'weights',
        seed: chooseSeed(input, tools.random),
        steps: typeof input.steps === 'number' ? input.steps : normalSteps,
        trigger: String(input[triggerField] ?? ''),
        pictures,
      };
    },
  };
}

async function countPictures(input: Input, { files }: PreparationTools): Promise<number | JobError> {
  const url = String(input.images_data_url);
  const loc = ['body', 'images_data_url'];
  // The trainer judges the archive by its name, unless it is told.
  if (
    !/\.zip$/i.test(new URL(url).pathname) &&
    input.data_archive_format !== 'zip' &&
    !url.startsWith('data:')
  ) {
    return modelError('invalid_archive', 'Unsupported archive format: the name has to end in .zip', loc);
  }
  const source = await files.source(url);
  if (source === undefined) {
    return modelError('file_download_error', 'Failed to download the archive. Is the URL accessible?', loc);
  }
  const names = await listZip(source);
  if (names === undefined) return modelError('invalid_archive', 'The archive is not a readable ZIP', loc);
  const pictures = names.filter((name) => photo.test(name) && !/(^|\/)(__MACOSX|\.)/.test(name)).length;
  if (pictures > 0) return pictures;
  return modelError('archive_file_count_below_minimum', 'There are no images in the archive', loc);
}

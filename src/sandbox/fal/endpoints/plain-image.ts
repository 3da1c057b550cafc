import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { JobOutcome } from '../queue/request-record.js';
import { chooseSeed, type Endpoint, type Input, type PreparationTools } from './endpoint.js';
import { imageSizes, longestSide, type PixelSize, sizeFor } from './image-sizes.js';
import {
  type Check,
  checkInput,
  type Field,
  fileUrl,
  integer,
  listOf,
  nameOrPixels,
  optional,
  ratio,
  required,
  text,
} from './input-fields.js';
import { refusedFor, safetyFlags } from './sandbox-words.js';
import { sourcePicture } from './source-picture.js';

/** What is known of an image endpoint that the local fal has no rules of its own for. */
export interface PlainImage {
  readonly form: 'images' | 'image';
  /** The fields that must be there. */
  readonly needs: Readonly<Record<string, 'text' | 'file' | 'files'>>;
}

const checks: Readonly<Record<PlainImage['needs'][string], Check>> = {
  text,
  file: fileUrl,
  files: listOf(fileUrl),
};

let read: Readonly<Record<string, PlainImage>> | undefined;

/** Every image endpoint that fal's own client has types for; `npm run fal-endpoints` writes the file. */
export function plainImages(): Readonly<Record<string, PlainImage>> {
  const path = createRequire(import.meta.url).resolve('aisha/assets/sandbox/image-endpoints.json');
  read ??= JSON.parse(readFileSync(path, 'utf8')) as Readonly<Record<string, PlainImage>>;
  return read;
}

/** Draws a picture for whatever asks with the fields that it needs. Other fields are not judged. */
export function plainImageEndpoint(name: string, { form, needs }: PlainImage): Endpoint {
  const shape: Readonly<Record<string, Field>> = {
    prompt: optional(text),
    num_images: optional(integer(1, 4)),
    seed: optional(integer()),
    image_size: optional(nameOrPixels(Object.keys(imageSizes), longestSide)),
    aspect_ratio: optional(ratio),
    ...Object.fromEntries(Object.entries(needs).map(([field, kind]) => [field, required(checks[kind])])),
  };
  return {
    name,
    work: 'image',
    check: (input) => checkInput(shape, input),
    prepare: (input, tools) => refusedFor(input.prompt) ?? drawn(input, tools, { form, needs }),
  };
}

async function drawn(
  input: Input,
  tools: PreparationTools,
  { form, needs }: PlainImage,
): Promise<JobOutcome> {
  const source = await neededSource(input, tools, needs);
  if (source !== undefined && 'kind' in source) return source;
  if (source !== undefined) tools.inputs.keep(tools.requestId, source.bytes);
  const count = form === 'images' && typeof input.num_images === 'number' ? input.num_images : 1;
  return {
    kind: 'pictures',
    seed: chooseSeed(input, tools.random),
    ...sizeOf(input, source),
    format: input.output_format === 'png' ? 'png' : 'jpeg',
    flagged: safetyFlags(input, count),
    ...(form === 'image' ? { form } : {}),
    ...(source === undefined ? {} : { kept: 0.5 }),
  };
}

/** Only where the endpoint cannot do without a picture; the first of several shines through. */
async function neededSource(input: Input, tools: PreparationTools, needs: PlainImage['needs']) {
  if (needs.image_url === 'file') return sourcePicture(input, tools);
  const [first] = needs.image_urls === 'files' ? (input.image_urls as readonly string[]) : [];
  return first === undefined ? undefined : sourcePicture({ image_url: first }, tools);
}

function sizeOf(input: Input, source: PixelSize | undefined): PixelSize {
  const [, wide, high] = /^(\d+):(\d+)$/.exec(String(input.aspect_ratio)) ?? [];
  if (wide !== undefined) return ofRatio(Number(wide) / Number(high));
  if (input.image_size === undefined && source !== undefined) return withinLimits(source);
  return sizeFor(input.image_size ?? undefined, imageSizes, 'landscape_4_3');
}

/** About a megapixel, with sides that models like: multiples of 16. */
function ofRatio(ratio: number): PixelSize {
  const side = (length: number) => Math.max(16, Math.round((length * 1024) / 16) * 16);
  return { width: side(Math.sqrt(ratio)), height: side(Math.sqrt(1 / ratio)) };
}

function withinLimits({ width, height }: PixelSize): PixelSize {
  const shrink = Math.min(1, longestSide / Math.max(width, height));
  return {
    width: Math.max(1, Math.round(width * shrink)),
    height: Math.max(1, Math.round(height * shrink)),
  };
}

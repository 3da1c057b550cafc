import sharp from 'sharp';
import { modelError } from '../fal-error.js';
import type { JobOutcome } from '../queue/request-record.js';
import { chooseSeed, type Endpoint, type Input, type PreparationTools } from './endpoint.js';
import { checkInput, fileUrl, integer, number, optional, required, text } from './input-fields.js';

/** The longest side of an enlarged picture in pixels. */
const longestSide = 8192;

export const clarityUpscaler: Endpoint = {
  name: 'fal-ai/clarity-upscaler',
  work: 'image',
  check: (input) =>
    checkInput(
      {
        image_url: required(fileUrl),
        prompt: optional(text),
        upscale_factor: optional(number(1, 4)),
        creativity: optional(number(0, 1)),
        resemblance: optional(number(0, 1)),
        guidance_scale: optional(number(0, 20)),
        num_inference_steps: optional(integer(4, 50)),
        seed: optional(integer()),
      },
      input,
    ),
  prepare: enlarged,
};

async function enlarged(
  input: Input,
  { files, random, inputs, requestId }: PreparationTools,
): Promise<JobOutcome> {
  const loc = ['body', 'image_url'];
  const bytes = await files.read(String(input.image_url));
  if (bytes === undefined) {
    return modelError('file_download_error', 'Failed to download the image. Is the URL accessible?', loc);
  }
  const size = await sizeOf(bytes);
  if (size === undefined) return modelError('image_load_error', 'The image could not be read', loc);
  const factor = typeof input.upscale_factor === 'number' ? input.upscale_factor : 2;
  const width = Math.round(size.width * factor);
  const height = Math.round(size.height * factor);
  if (Math.max(width, height) > longestSide) {
    return modelError('image_too_large', `The longest side of the result may be ${longestSide} pixels`, loc);
  }
  inputs.keep(requestId, bytes);
  return { kind: 'upscaled', seed: chooseSeed(input, random), width, height };
}

async function sizeOf(bytes: Buffer): Promise<{ width: number; height: number } | undefined> {
  try {
    const { width, height } = await sharp(bytes).metadata();
    return { width, height };
  } catch {
    // Sharp's way of saying that these bytes are no picture.
    return undefined;
  }
}

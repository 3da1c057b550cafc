import { modelError } from '../fal-error.js';
import type { JobOutcome } from '../queue/request-record.js';
import { chooseSeed, type Endpoint, type Input, type PreparationTools } from './endpoint.js';
import { checkInput, fileUrl, integer, number, optional, required, text } from './input-fields.js';
import { sourcePicture } from './source-picture.js';

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

async function enlarged(input: Input, tools: PreparationTools): Promise<JobOutcome> {
  const source = await sourcePicture(input, tools);
  if ('kind' in source) return source;
  const factor = typeof input.upscale_factor === 'number' ? input.upscale_factor : 2;
  const width = Math.round(source.width * factor);
  const height = Math.round(source.height * factor);
  if (Math.max(width, height) > longestSide) {
    const msg = `The longest side of the result may be ${longestSide} pixels`;
    return modelError('image_too_large', msg, ['body', 'image_url']);
  }
  tools.inputs.keep(tools.requestId, source.bytes);
  return { kind: 'upscaled', seed: chooseSeed(input, tools.random), width, height };
}

import { ProviderError } from '../../application/ports/provider-error.js';
import type { LoraOrder, LoraVariationOrder } from '../../domain/generation/image-order.js';
import type { Order } from '../../domain/generation/order.js';
import type { Outcome, RemoteImage } from '../../domain/generation/outcome.js';
import { isRecord, textOf } from './json.js';

type Done = Extract<Outcome, { kind: 'done' | 'failed' }>;

/** Names and values exactly as the endpoint's schema has them. */
export type WireInput = Readonly<Record<string, unknown>>;

/**
 * The body of a submit. fal ignores names that it does not know, so a wrong one is never noticed: the old
 * system's `lora_url` was such a name.
 *
 * @param sourceUrl where fal finds the picture that an order starts from
 */
export function toWire(order: Order, sourceUrl?: string): WireInput {
  switch (order.endpoint) {
    case 'fal-ai/flux-lora':
      return withLora(order);
    case 'fal-ai/flux-lora/image-to-image':
      return { ...withLora(order), image_url: sourceUrl, strength: order.change };
    case 'fal-ai/flux-pro/finetuned':
      return {
        prompt: order.prompt,
        finetune_id: order.finetuneId,
        finetune_strength: order.finetuneStrength,
        image_size: order.imageSize,
        num_inference_steps: order.steps,
        guidance_scale: order.guidance,
        num_images: order.count,
        ...seedOf(order),
        safety_tolerance: order.safetyTolerance,
        output_format: order.format,
      };
    case 'fal-ai/flux-pro/v1.1-ultra-finetuned':
      return {
        prompt: order.prompt,
        finetune_id: order.finetuneId,
        finetune_strength: order.finetuneStrength,
        aspect_ratio: order.aspectRatio,
        num_images: order.count,
        ...seedOf(order),
        safety_tolerance: order.safetyTolerance,
        enable_safety_checker: order.safetyChecker,
        raw: order.raw,
        output_format: order.format,
      };
    case 'fal-ai/clarity-upscaler':
      return {
        prompt: order.prompt,
        image_url: sourceUrl,
        upscale_factor: order.factor,
        // Its defaults (0.35 and 0.6) paint a face anew; these keep whose it is.
        creativity: 0.1,
        resemblance: 1,
        ...seedOf(order),
      };
    default:
      return unknownOrder(order satisfies never);
  }
}

const withLora = (order: LoraOrder | LoraVariationOrder): WireInput => ({
  prompt: order.prompt,
  loras: order.loras.map(({ url, scale }) => ({ path: url, scale })),
  image_size: order.imageSize,
  num_inference_steps: order.steps,
  guidance_scale: order.guidance,
  num_images: order.count,
  ...seedOf(order),
  enable_safety_checker: order.safetyChecker,
  output_format: order.format,
});

/** Written by a later release: in our names, fal would take it for something else. */
export function unknownOrder({ endpoint }: { readonly endpoint: string }): never {
  throw new ProviderError('refused', `this release does not know the endpoint ${endpoint}`);
}

/** These judge nothing: what they are given was judged before. Their results may have no flags at all. */
const unjudged: readonly string[] = ['fal-ai/clarity-upscaler'] satisfies Order['endpoint'][];

/**
 * What a job put out: `images` of the image models, `image` of the upscaler. A picture is clean only where its flag is
 * exactly `false`; where a flag is missing or anything else, nobody has said that the picture may be shown.
 */
export function fromWire(output: unknown, endpoint: string): Done {
  if (!isRecord(output)) return badResult('the result is no object');
  const files = Array.isArray(output.images) ? output.images : 'image' in output ? [output.image] : null;
  if (files === null) return badResult('the result has no images');
  if (files.length === 0)
    return { kind: 'failed', failure: { kind: 'no_media', detail: 'the list of images is empty' } };
  const given: unknown = output.has_nsfw_concepts ?? null;
  const flags: readonly unknown[] = Array.isArray(given) ? given : [];
  const isJudged = given !== null || !unjudged.includes(endpoint);
  const images: RemoteImage[] = [];
  for (const [index, file] of files.entries()) {
    const url = isRecord(file) ? textOf(file.url) : null;
    if (url === null) return badResult(`image ${index} of the result has no address`);
    images.push({ url, flagged: isJudged && flags[index] !== false });
  }
  return { kind: 'done', images, seed: seedIn(output.seed) };
}

const badResult = (detail: string): Done => ({ kind: 'failed', failure: { kind: 'bad_result', detail } });

const seedOf = ({ seed }: Order) => (seed === undefined ? {} : { seed });

/** A number, or digits where a number would have lost some: as many as our column takes. */
function seedIn(seed: unknown): bigint | null {
  if (typeof seed === 'string' && /^\d{1,20}$/.test(seed)) return BigInt(seed);
  return typeof seed === 'number' && Number.isSafeInteger(seed) ? BigInt(seed) : null;
}

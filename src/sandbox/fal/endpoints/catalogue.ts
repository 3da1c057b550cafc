import type { Endpoint } from './endpoint.js';
import {
  fluxLora,
  fluxLoraImageToImage,
  fluxProFinetuned,
  fluxProUltraFinetuned,
} from './image-endpoints.js';
import { languageModel, visionModel } from './language-models.js';
import { plainImageEndpoint, plainImages } from './plain-image.js';
import { fastTrainer, portraitTrainer } from './trainers.js';
import { clarityUpscaler } from './upscaler.js';

const endpoints = new Map<string, Endpoint>(
  [
    fluxLora,
    fluxLoraImageToImage,
    fluxProFinetuned,
    fluxProUltraFinetuned,
    clarityUpscaler,
    portraitTrainer,
    fastTrainer,
    languageModel,
    visionModel,
  ].map((endpoint) => [endpoint.name, endpoint]),
);

/** @param extra endpoints that the operator of this server named: plain pictures from a prompt */
export function findEndpoint(name: string, extra: readonly string[]): Endpoint | undefined {
  const own = endpoints.get(name);
  if (own !== undefined) return own;
  const plain = plainImages()[name] ?? (extra.includes(name) ? fromPrompt : undefined);
  return plain === undefined ? undefined : plainImageEndpoint(name, plain);
}

const fromPrompt = { form: 'images', needs: { prompt: 'text' } } as const;

/** Those with rules of their own first, then the plain ones. */
export function endpointNames(extra: readonly string[]): string[] {
  return [...new Set([...endpoints.keys(), ...extra, ...Object.keys(plainImages())])];
}

/** Endpoints that fal has closed for good, with what it answers to a submit. */
export const closedEndpoints: ReadonlyMap<string, string> = new Map([
  ['fal-ai/flux-pro-trainer', 'This endpoint is deprecated and no longer supported.'],
]);

import type { Endpoint } from './endpoint.js';
import {
  fluxLora,
  fluxLoraImageToImage,
  fluxProFinetuned,
  fluxProUltraFinetuned,
} from './image-endpoints.js';
import { languageModel, visionModel } from './language-models.js';
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

export function findEndpoint(name: string): Endpoint | undefined {
  return endpoints.get(name);
}

export function endpointNames(): string[] {
  return [...endpoints.keys()];
}

/** Endpoints that fal has closed for good, with what it answers to a submit. */
export const closedEndpoints: ReadonlyMap<string, string> = new Map([
  ['fal-ai/flux-pro-trainer', 'This endpoint is deprecated and no longer supported.'],
]);

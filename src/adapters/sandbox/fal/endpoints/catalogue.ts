import type { Endpoint } from './endpoint.js';
import { fluxLora, fluxProFinetuned, fluxProUltraFinetuned } from './image-endpoints.js';

const endpoints = new Map<string, Endpoint>(
  [fluxLora, fluxProFinetuned, fluxProUltraFinetuned].map((endpoint) => [endpoint.name, endpoint]),
);

export function findEndpoint(name: string): Endpoint | undefined {
  return endpoints.get(name);
}

export function endpointNames(): string[] {
  return [...endpoints.keys()];
}

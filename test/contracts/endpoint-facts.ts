import { describe, expect, it } from 'vitest';
import { longAgo } from '../support/builders/ids.js';
import type { OpenedStores } from './open-stores.js';

/** Holds for every EndpointFacts. */
export function endpointFactsContract(opened: () => OpenedStores): void {
  describe('as EndpointFacts', () => {
    const endpoints = () => opened().database.stores.endpoints;

    it('knows of none at first and remembers each', async () => {
      expect(await endpoints().retired()).toEqual(new Set());
      await endpoints().markRetired('fal-ai/flux-pro/finetuned', longAgo);
      expect(await endpoints().retired()).toEqual(new Set(['fal-ai/flux-pro/finetuned']));
    });

    it('calls it news once, also when twenty notice it together', async () => {
      const mark = () => endpoints().markRetired('fal-ai/flux-lora', longAgo);
      const answers = await Promise.all(Array.from({ length: 20 }, mark));
      expect(answers.filter((isNews) => isNews)).toHaveLength(1);
      expect(await mark()).toBe(false);
    });
  });
}

import { describe, expect, it } from 'vitest';
import { isPutOff } from '../../src/domain/generation/endpoint-refusals.js';
import { longAgo } from '../support/builders/ids.js';
import type { OpenedStores } from './open-stores.js';

const at = (seconds: number) => new Date(longAgo.getTime() + seconds * 1000);
const until = (seconds: number) => ({ since: longAgo, tries: 0, nextTryAt: at(seconds) });

/** Holds for every EndpointFacts. */
export function endpointFactsContract(opened: () => OpenedStores): void {
  describe('as EndpointFacts', () => {
    const endpoints = () => opened().database.stores.endpoints;

    it('knows of none at first and remembers each until its next try is due', async () => {
      expect(await endpoints().retired(longAgo)).toEqual(new Set());
      expect(await endpoints().troubled()).toEqual([]);
      await endpoints().retire('fal-ai/flux-pro/finetuned', until(300));
      expect(await endpoints().retired(at(299))).toEqual(new Set(['fal-ai/flux-pro/finetuned']));
      expect(await endpoints().retired(at(300))).toEqual(new Set());
      expect(await endpoints().retirementOf('fal-ai/flux-pro/finetuned')).toEqual(until(300));
      expect(await endpoints().retirementOf('fal-ai/flux-lora')).toBeNull();
    });

    it('does not wait for a time that only a clock can have written which was set back since', async () => {
      await endpoints().retire('fal-ai/flux-lora', until(7500));
      expect(await endpoints().retired(longAgo)).toEqual(new Set());
      expect(await endpoints().retire('fal-ai/flux-lora', { ...until(300), tries: 1 })).toBe(false);
      expect(await endpoints().retirementOf('fal-ai/flux-lora')).toEqual({ ...until(300), tries: 1 });
      expect(await endpoints().retired(longAgo)).toEqual(new Set(['fal-ai/flux-lora']));
      expect(isPutOff(until(7500), longAgo)).toBe(false);
      expect(isPutOff(until(300), longAgo)).toBe(true);
    });

    it('calls it news once, also when twenty notice it together', async () => {
      const mark = () => endpoints().retire('fal-ai/flux-lora', until(300));
      const answers = await Promise.all(Array.from({ length: 20 }, mark));
      expect(answers.filter((isNew) => isNew)).toHaveLength(1);
      expect(await endpoints().retire('fal-ai/flux-lora', { ...until(900), tries: 1 })).toBe(false);
      expect(await endpoints().retirementOf('fal-ai/flux-lora')).toEqual({ ...until(900), tries: 1 });
    });

    it('counts the refusals of a job for itself, and the jobs that were refused', async () => {
      await endpoints().noteRefusal('a', 'one', at(0));
      await endpoints().noteRefusal('b', 'one', at(1));
      expect(await endpoints().noteRefusal('a', 'two', at(2))).toMatchObject({ ofJob: 1, jobs: 2 });
      expect(await endpoints().noteRefusal('a', 'one', at(3))).toEqual({
        ofJob: 2,
        since: at(0),
        inARow: 2,
        inARowSince: at(0),
        jobs: 2,
      });
      expect(await endpoints().refusersOf('one')).toEqual(new Set(['a', 'b']));
      expect(await endpoints().troubled()).toEqual([
        { endpoint: 'a', jobs: 2, refusals: 3, since: at(0), retirement: null },
        { endpoint: 'b', jobs: 1, refusals: 1, since: at(1), retirement: null },
      ]);
    });

    it('begins to count anew when the endpoint has served anybody, but for the patience of each job', async () => {
      await endpoints().noteRefusal('a', 'one', at(0));
      await endpoints().noteRefusal('a', 'two', at(0));
      await endpoints().retire('a', until(300));
      expect(await endpoints().troubled()).toMatchObject([{ endpoint: 'a', retirement: until(300) }]);
      expect(await endpoints().served('a')).toBe(true);
      expect(await endpoints().served('a')).toBe(false);
      expect(await endpoints().troubled()).toEqual([]);
      expect(await endpoints().retired(at(1))).toEqual(new Set());
      expect(await endpoints().noteRefusal('a', 'one', at(9))).toEqual({
        ofJob: 2,
        since: at(0),
        inARow: 1,
        inARowSince: at(9),
        jobs: 1,
      });
    });
  });
}

import { beforeEach, describe, expect, it } from 'vitest';
import { aTraining, givenTraining } from '../support/builders/a-training.js';
import { givenGeneration, givenUser } from '../support/builders/given.js';
import { secondsLater, someone } from '../support/builders/ids.js';
import type { OpenedStores } from './open-stores.js';

/** Holds for every BillStore. */
export function billStoreContract(opened: () => OpenedStores): void {
  describe('as BillStore', () => {
    const stores = () => opened().database.stores;
    const bills = () => stores().bills;
    beforeEach(() => givenUser(stores(), { id: someone }));

    it('reckons what the provider took in that time, by endpoint, and rolled again pictures again', async () => {
      const cost = 35_000;
      const taken = { status: 'submitted', cost, submittedAt: secondsLater(10) } as const;
      await givenGeneration(stores(), taken);
      await givenGeneration(stores(), { ...taken, rerolls: 2 });
      await givenGeneration(stores(), { ...taken, submittedAt: secondsLater(60) });
      await givenGeneration(stores(), { ...taken, submittedAt: secondsLater(9) });
      await givenGeneration(stores(), { ...taken, status: 'accepted' });
      const training = { status: 'training', cost: 6_000_000, submittedAt: secondsLater(59) } as const;
      const { order } = await givenTraining(stores(), aTraining(training));
      expect(await bills().reckoned(secondsLater(10), secondsLater(60))).toEqual([
        { endpoint: 'fal-ai/flux-lora', reckoned: 4 * cost },
        { endpoint: order.endpoint, reckoned: 6_000_000 },
      ]);
      expect(await bills().reckoned(secondsLater(3600), secondsLater(7200))).toEqual([]);
    });

    it('keeps days in place of what was kept of them, and gives the newest', async () => {
      const line = { endpoint: 'fal-ai/flux-lora', reckoned: 35_000, billed: 40_000 };
      const nothing = { endpoint: '', reckoned: 0, billed: 0 };
      const day = (name: string, ...lines: (typeof line)[]) => ({ day: name, lines });
      await bills().keep([day('2026-11-25', nothing), day('2026-11-26', nothing, line)]);
      await bills().keep([
        day('2026-11-26', nothing, { ...line, billed: 41_000 }),
        day('2026-11-27', nothing),
      ]);
      expect(await bills().latest(2)).toEqual([
        day('2026-11-27', nothing),
        day('2026-11-26', nothing, { ...line, billed: 41_000 }),
      ]);
      expect(await bills().latest(9)).toHaveLength(3);
    });
  });
}

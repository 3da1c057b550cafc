import { describe, expect, it } from 'vitest';
import { aGeneration } from '../support/builders/a-generation.js';
import { longAgo, secondsLater } from '../support/builders/ids.js';
import { done, failedWith, newsOf } from '../support/builders/news.js';
import type { OpenedStores } from './open-stores.js';

/** Holds for every ReceiptStore. */
export function receiptStoreContract(opened: () => OpenedStores): void {
  describe('as ReceiptStore', () => {
    const receipts = () => opened().database.stores.receipts;

    it('takes a request id once and keeps what it said first', async () => {
      const event = newsOf(aGeneration({ status: 'submitted', ticket: 'once' }));
      expect(await receipts().add(event, longAgo)).toBe(true);
      expect(await receipts().add({ ...event, outcome: null }, secondsLater(60))).toBe(false);
      expect(await receipts().byTicket('once')).toEqual(event);
    });

    it('takes one of twenty that come together', async () => {
      const event = newsOf(aGeneration({ status: 'submitted', ticket: 'together' }));
      const answers = await Promise.all(Array.from({ length: 20 }, () => receipts().add(event, longAgo)));
      expect(answers.filter((isNew) => isNew)).toHaveLength(1);
    });

    it.each([
      ['a picture with a seed beyond 63 bits', done({ flagged: [false, true], seed: 2n ** 64n - 1n })],
      ['a picture without a seed', done({ seed: null })],
      ['a failure', failedWith('content_policy', 'refused by <policy> "1"')],
      ['no result', null],
    ])('brings %s back as it was', async (ticket, outcome) => {
      const event = newsOf(aGeneration({ status: 'submitted', ticket }), { outcome });
      await receipts().add(event, longAgo);
      expect(await receipts().byTicket(ticket)).toEqual(event);
      expect(await receipts().byReference(event.reference)).toEqual(event);
    });

    it('finds the newest for a reference', async () => {
      const generation = aGeneration({ status: 'submitting' });
      const [late, early] = ['late', 'early'].map((ticket) =>
        newsOf(generation, { ticket, requestId: ticket }),
      );
      if (late === undefined || early === undefined) throw new Error('two were made');
      await receipts().add(late, secondsLater(2));
      await receipts().add(early, secondsLater(1));
      expect(await receipts().byReference(late.reference)).toEqual(late);
      expect(await receipts().byTicket('early')).toEqual(early);
    });

    it('finds nothing that was not received', async () => {
      expect(await receipts().byTicket('never')).toBeNull();
      expect(await receipts().byReference('generation:never:1')).toBeNull();
    });
  });
}

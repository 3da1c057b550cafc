import { describe, expect, it } from 'vitest';
import { aGeneration } from '../support/builders/a-generation.js';
import { longAgo, secondsLater } from '../support/builders/ids.js';
import { done, eventOf, failedWith } from '../support/builders/provider-events.js';
import type { OpenedStores } from './open-stores.js';

/** Holds for every ReceiptStore. */
export function webhookInboxContract(opened: () => OpenedStores): void {
  describe('as ReceiptStore', () => {
    const webhookInbox = () => opened().database.stores.webhookInbox;

    it('takes a request id once and keeps what it said first', async () => {
      const event = eventOf(aGeneration({ status: 'submitted', ticket: 'once' }));
      expect(await webhookInbox().add(event, longAgo)).toBe(true);
      expect(await webhookInbox().add({ ...event, outcome: null }, secondsLater(60))).toBe(false);
      expect(await webhookInbox().byTicket('once')).toEqual(event);
    });

    it('takes one of twenty that come together', async () => {
      const event = eventOf(aGeneration({ status: 'submitted', ticket: 'together' }));
      const answers = await Promise.all(Array.from({ length: 20 }, () => webhookInbox().add(event, longAgo)));
      expect(answers.filter((isNew) => isNew)).toHaveLength(1);
    });

    it.each([
      ['a picture with a seed beyond 63 bits', done({ flagged: [false, true], seed: 2n ** 64n - 1n })],
      ['a picture without a seed', done({ seed: null })],
      ['a failure', failedWith('content_policy', 'refused by <policy> "1"')],
      ['no result', null],
    ])('brings %s back as it was', async (ticket, outcome) => {
      const event = eventOf(aGeneration({ status: 'submitted', ticket }), { outcome });
      await webhookInbox().add(event, longAgo);
      expect(await webhookInbox().byTicket(ticket)).toEqual(event);
      expect(await webhookInbox().byReference(event.reference)).toEqual(event);
    });

    it('finds the newest for a reference', async () => {
      const generation = aGeneration({ status: 'submitting' });
      const [late, early] = ['late', 'early'].map((ticket) =>
        eventOf(generation, { ticket, requestId: ticket }),
      );
      if (late === undefined || early === undefined) throw new Error('two were made');
      await webhookInbox().add(late, secondsLater(2));
      await webhookInbox().add(early, secondsLater(1));
      expect(await webhookInbox().byReference(late.reference)).toEqual(late);
      expect(await webhookInbox().byTicket('early')).toEqual(early);
    });

    it('finds nothing that was not received', async () => {
      expect(await webhookInbox().byTicket('never')).toBeNull();
      expect(await webhookInbox().byReference('generation:never:1')).toBeNull();
    });
  });
}

import { describe, expect, it } from 'vitest';
import { generationId, trainingId } from '../../src/domain/ids.js';
import { anImageRow } from '../support/builders/a-stored-image.js';
import { aTraining, givenTraining } from '../support/builders/a-training.js';
import { givenGeneration, givenUser } from '../support/builders/given.js';
import { longAgo, nextUuid, secondsLater, someone } from '../support/builders/ids.js';
import { done, eventOf, failedWith } from '../support/builders/provider-events.js';
import type { OpenedStores } from './open-stores.js';

/** Holds for every JobRecordStore. */
export function jobRecordStoreContract(opened: () => OpenedStores): void {
  describe('as JobRecordStore', () => {
    const stores = () => opened().database.stores;
    const hold = (account: string, amount = -5) =>
      ({ user: someone, kind: 'hold', amount, reason: `hold:${account}` }) as const;
    const write = (entry: ReturnType<typeof hold>, at: Date) =>
      opened().database.transaction(({ ledger }) => ledger.write([entry], at));

    it('knows nothing of a job that there is not', async () => {
      expect(await stores().jobRecords.ofGeneration(generationId(nextUuid()))).toBeNull();
      expect(await stores().jobRecords.ofTraining(trainingId(nextUuid()))).toBeNull();
    });

    it('finds what tells of a generation: of all its runs and calls, and of no other', async () => {
      await givenUser(stores(), { id: someone, credits: 100 });
      const job = await givenGeneration(stores(), { status: 'collected', run: 1, submits: 2 });
      const other = await givenGeneration(stores(), { status: 'collected', submits: 2 });
      const name = `generation:${job.id}`;
      await write(hold(name), longAgo);
      await write(hold(`${name}#1`), secondsLater(5));
      await write(hold(`generation:${other.id}`), secondsLater(6));
      const first = eventOf(job, {
        reference: `${name}:1`,
        requestId: 'one',
        outcome: failedWith('provider_error', 'in the words of a person'),
      });
      const second = eventOf(job, { reference: `${name}:2`, requestId: 'two', outcome: done() });
      const mute = eventOf(job, { reference: `${name}:2`, requestId: 'three', outcome: null });
      await stores().webhookInbox.add(mute, secondsLater(9));
      await stores().webhookInbox.add(second, secondsLater(8));
      await stores().webhookInbox.add(first, secondsLater(7));
      await stores().webhookInbox.add(eventOf(other), secondsLater(7));
      const images = [1, 0].map((position) => anImageRow({ generation: job.id, position }));
      await stores().images.add([...images, anImageRow({ generation: other.id })]);
      expect(await stores().gallery.remove(someone, [images[0]?.id ?? ''], secondsLater(40))).toBe(1);
      const shown = { generation: job.id, source: 'bot', chat: 7, message: 12, language: 'en' };
      await stores().jobMessages.remember(shown, secondsLater(3));
      const owed = { generation: job.id, source: 'bot', takenAt: secondsLater(10), hasButtons: true };
      await stores().followUps.owe(owed);

      const record = await stores().jobRecords.ofGeneration(job.id);
      expect(record).toEqual({
        job,
        ...{ tries: 0, lastError: null, deadAt: null, holder: null },
        entries: [
          { ...hold(name), at: longAgo },
          { ...hold(`${name}#1`), at: secondsLater(5) },
        ],
        events: [
          heard(first, 'failed', secondsLater(7)),
          heard(second, 'done', secondsLater(8)),
          heard(mute, null, secondsLater(9)),
        ],
        images: [
          { ...images[1], deletedAt: null },
          { ...images[0], deletedAt: secondsLater(40) },
        ],
        message: { source: 'bot', shownAt: secondsLater(3), draftedAt: null },
        followUp: { source: 'bot', takenAt: secondsLater(10) },
      });
      expect(JSON.stringify(record?.events)).not.toContain('words of a person');
    });

    it('finds who has a job in hand, what its last step ended in, and when it was given up', async () => {
      const { id } = await givenGeneration(stores(), { status: 'submitted' });
      await stores().generations.acquire(
        id,
        'submitted',
        { owner: 'worker 1', until: secondsLater(60) },
        longAgo,
      );
      expect(await stores().jobRecords.ofGeneration(id)).toMatchObject({ tries: 1, holder: 'worker 1' });
      await stores().generations.putBack(id, 'worker 1', { now: longAgo, error: 'no route', counts: true });
      await stores().generations.markDead(id, secondsLater(9));
      expect(await stores().jobRecords.ofGeneration(id)).toMatchObject({
        ...{ tries: 1, lastError: 'no route', deadAt: secondsLater(9), holder: null },
      });
    });

    it('finds what tells of a training', async () => {
      await givenUser(stores(), { id: someone, credits: 1000 });
      const job = await givenTraining(stores(), aTraining({ status: 'training', submits: 1 }));
      await write(hold(`training:${job.id}`, -150), longAgo);
      const reference = `training:${job.id}:1`;
      const event = { reference, requestId: 'one', ticket: job.ticket, outcome: null };
      await stores().webhookInbox.add(event, secondsLater(7));
      expect(await stores().jobRecords.ofTraining(job.id)).toMatchObject({
        job,
        entries: [{ ...hold(`training:${job.id}`, -150), at: longAgo }],
        events: [heard(event, null, secondsLater(7))],
        images: [],
        message: null,
      });
    });
  });
}

const heard = <Event extends object>(event: Event, outcome: string | null, receivedAt: Date) => ({
  ...event,
  outcome,
  receivedAt,
});

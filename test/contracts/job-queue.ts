import { describe, expect, it } from 'vitest';
import type { Job } from '../../src/application/ports/stores/jobs/job-queue.js';
import { generationId } from '../../src/domain/ids.js';
import type { OpenedStores } from './open-stores.js';

const collect: Extract<Job, { task: 'collect' }> = {
  task: 'collect',
  generation: generationId('10000000-0000-4000-8000-000000000001'),
};
const inAWhile = new Date('2100-01-01T00:00:00Z');
const later = new Date('2100-01-02T00:00:00Z');

/** Holds for every JobQueue. */
export function jobQueueContract(opened: () => OpenedStores): void {
  describe('as JobQueue', () => {
    const jobs = () => opened().database.stores.jobs;
    const waiting = async () => (await opened().waitingJobs()).map(({ job }) => job);

    it('adds a job with the transaction that announces it', async () => {
      await opened().database.transaction((stores) => stores.jobs.add(collect));
      expect(await opened().waitingJobs()).toEqual([{ job: collect, runAt: null }]);
    });

    it('has no job of a transaction that was rolled back', async () => {
      const giveUp = new Error('changed my mind');
      const work = opened().database.transaction(async (stores) => {
        await stores.jobs.add(collect);
        throw giveUp;
      });
      await expect(work).rejects.toBe(giveUp);
      expect(await waiting()).toEqual([]);
    });

    it.each<Job>([
      collect,
      { task: 'deliver', generation: collect.generation },
      { task: 'resolve-submit', generation: collect.generation },
      { task: 'cancel-at-provider', ticket: '{"id":"a,b"}' },
      { task: 'submit-next', spare: 3 },
    ])('adds $task once while the same waits', async (job) => {
      await jobs().add(job);
      await jobs().add(job);
      expect(await waiting()).toEqual([job]);
    });

    it('keeps jobs apart that differ in anything', async () => {
      const different: Job[] = [
        collect,
        { task: 'deliver', generation: collect.generation },
        { task: 'collect', generation: generationId('10000000-0000-4000-8000-000000000002') },
        { task: 'submit-next', spare: 0 },
        { task: 'submit-next', spare: 1 },
      ];
      for (const job of different) await jobs().add(job);
      expect(await waiting()).toEqual(different);
    });

    it('adds every token that is good for one job in line', async () => {
      const token: Job = { task: 'submit-next' };
      for (let count = 0; count < 3; count += 1) await jobs().add(token);
      await jobs().add(token, inAWhile);
      expect(await waiting()).toEqual([token, token, token, token]);
    });

    it('keeps a job for its time', async () => {
      await jobs().add(collect, inAWhile);
      expect(await opened().waitingJobs()).toEqual([{ job: collect, runAt: inAWhile }]);
    });

    it('lets a nudge for now overtake one that was planned', async () => {
      await jobs().add(collect, inAWhile);
      await jobs().add(collect);
      expect(await opened().waitingJobs()).toEqual([{ job: collect, runAt: null }]);
    });

    it.each([
      ['one for now', undefined, null],
      ['an earlier plan', inAWhile, inAWhile],
    ])('does not let a plan put off %s', async (_, first, expected) => {
      await jobs().add(collect, first);
      await jobs().add(collect, later);
      expect(await opened().waitingJobs()).toEqual([{ job: collect, runAt: expected }]);
    });
  });
}

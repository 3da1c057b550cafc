import { describe, expect, it } from 'vitest';
import { maximumTries } from '../../src/application/policy/policy.js';
import { type Precondition, StaleWrite } from '../../src/application/ports/stores/jobs/leases.js';
import {
  type Generation,
  type GenerationStatus,
  generationStatuses,
} from '../../src/domain/generation/generation.js';
import { delivered, failed, replayed } from '../../src/domain/generation/generation-transitions.js';
import { generationId } from '../../src/domain/ids.js';
import { aGeneration } from '../support/builders/a-generation.js';
import { givenGeneration } from '../support/builders/given.js';
import { longAgo, secondsLater } from '../support/builders/ids.js';
import { eventOf } from '../support/builders/provider-events.js';
import type { OpenedStores } from './open-stores.js';

const now = longAgo;
const again = secondsLater(10);
const mine = { owner: 'worker 1', until: secondsLater(60) };
const theirs = { owner: 'worker 2', until: secondsLater(90) };

/** Holds for every GenerationStore: who may work on a row, and which write counts. */
export function generationLeasesContract(opened: () => OpenedStores): void {
  describe('leases of generations', () => {
    const stores = () => opened().database.stores;
    const generations = () => stores().generations;
    const stalledIds = async (time: Date, limit = 10) =>
      (await generations().stalled(time, again, limit)).map(({ id }) => id);

    it('gives a row to one who claims it, until the lease is over', async () => {
      const job = await givenGeneration(stores(), { status: 'submitted' });
      expect(await generations().acquire(job.id, 'submitted', mine, now)).toEqual(job);
      expect(await generations().acquire(job.id, 'submitted', theirs, now)).toBeNull();
      expect(await generations().acquire(job.id, 'submitted', mine, now)).toBeNull();
      expect(await generations().acquire(job.id, 'submitted', theirs, mine.until)).toBeNull();
      expect(await generations().acquire(job.id, 'submitted', theirs, secondsLater(61))).toEqual(job);
      expect(await generations().acquire(job.id, 'submitted', mine, secondsLater(61))).toBeNull();
    });

    it('keeps an event and gives its row in one step, once', async () => {
      const job = await givenGeneration(stores(), { status: 'submitted', ticket: 'a ticket' });
      const event = eventOf(job);
      expect(await generations().hear(job.id, event, mine, now)).toEqual(job);
      expect(await stores().webhookInbox.byTicket('a ticket')).toEqual(event);
      expect(await generations().acquire(job.id, 'submitted', theirs, now)).toBeNull();
      await generations().free(job.id, mine.owner, now);
      expect(await generations().hear(job.id, event, mine, now)).toBeNull();
      expect(await generations().acquire(job.id, 'submitted', theirs, now)).toEqual(job);
    });

    it('keeps no event in one step of a row that is held, has another ticket or has moved on', async () => {
      const job = await givenGeneration(stores(), { status: 'submitted', ticket: 'a ticket' });
      const over = await givenGeneration(stores(), { status: 'collected', ticket: 'over' });
      const other = { ...eventOf(job), requestId: 'other', ticket: 'another ticket' };
      expect(await generations().hear(job.id, other, mine, now)).toBeNull();
      expect(await generations().hear(over.id, eventOf(over), mine, now)).toBeNull();
      await generations().acquire(job.id, 'submitted', theirs, now);
      expect(await generations().hear(job.id, eventOf(job), mine, now)).toBeNull();
      for (const ticket of ['a ticket', 'another ticket', 'over'])
        expect(await stores().webhookInbox.byTicket(ticket)).toBeNull();
    });

    it('gives a row to one of twenty who claim it together', async () => {
      const { id } = await givenGeneration(stores(), { status: 'submitted' });
      const claims = await Promise.all(
        Array.from({ length: 20 }, (_, worker) =>
          generations().acquire(id, 'submitted', { owner: `worker ${worker}`, until: mine.until }, now),
        ),
      );
      expect(claims.filter((acquire) => acquire !== null)).toHaveLength(1);
    });

    it('gives no row that has moved on or is not there', async () => {
      const { id } = await givenGeneration(stores(), { status: 'collected' });
      const unknown = generationId('00000000-0000-4000-8000-00000000dead');
      expect(await generations().acquire(id, 'submitted', mine, now)).toBeNull();
      expect(await generations().acquire(unknown, 'submitted', mine, now)).toBeNull();
      expect(await generations().acquire(id, ['submitted', 'failed'], mine, now)).toBeNull();
      expect(await generations().acquire(id, ['failed', 'collected'], mine, now)).toMatchObject({ id });
    });

    it('drops the lease with a write, unless it is to be kept', async () => {
      const job = await givenGeneration(stores(), { status: 'submitted' });
      await generations().acquire(job.id, 'submitted', mine, now);
      const precondition = { status: 'submitted', lease: mine.owner } as const;
      await generations().save(job, precondition, { checkAfter: again, lease: mine });
      expect(await generations().acquire(job.id, 'submitted', theirs, now)).toBeNull();
      await generations().save(job, precondition, { checkAfter: again });
      expect(await generations().acquire(job.id, 'submitted', theirs, now)).not.toBeNull();
    });

    it('gives back what was claimed, by its holder only', async () => {
      const { id } = await givenGeneration(stores(), { status: 'submitted' });
      await generations().acquire(id, 'submitted', mine, now);
      await generations().free(id, theirs.owner, now);
      expect(await generations().acquire(id, 'submitted', theirs, now)).toBeNull();
      await generations().free(id, mine.owner, secondsLater(5));
      expect(await stalledIds(secondsLater(4))).toEqual([]);
      expect(await generations().acquire(id, 'submitted', theirs, now)).not.toBeNull();
    });

    it.each<[string, Precondition<GenerationStatus>]>([
      ['in another state', { status: 'submitting' }],
      ['held by another', { status: 'submitted', lease: theirs.owner }],
      ['about another submit', { status: 'submitted', submits: 2 }],
      ['mine but in another state', { status: 'accepted', lease: mine.owner, submits: 1 }],
    ])('refuses a write of one who believes the row to be %s', async (_, precondition) => {
      const job = await givenGeneration(stores(), { status: 'submitted' });
      await generations().acquire(job.id, 'submitted', mine, now);
      const forged = { ...job, ticket: 'forged', fetchFailures: 3 };
      const write = generations().save(forged, precondition, { checkAfter: longAgo, lease: theirs });
      await expect(write).rejects.toThrow(StaleWrite);
      expect(await generations().find(job.id)).toEqual(job);
      await generations().save(
        job,
        { status: 'submitted', lease: mine.owner, submits: 1 },
        { checkAfter: again },
      );
    });

    it('refuses a write under a lease that was lost, and one about a row that is not there', async () => {
      const job = await givenGeneration(stores(), { status: 'submitted' });
      const precondition = { status: 'submitted', lease: mine.owner } as const;
      await generations().acquire(job.id, 'submitted', mine, now);
      await generations().dropLeases([mine.owner]);
      await expect(generations().save(job, precondition, { checkAfter: again })).rejects.toThrow(StaleWrite);
      await generations().acquire(job.id, 'submitted', theirs, now);
      await expect(generations().save(job, precondition, { checkAfter: again })).rejects.toThrow(StaleWrite);
      const unknown = aGeneration({ status: 'submitted' });
      const write = generations().save(unknown, { status: 'submitted' }, { checkAfter: again });
      await expect(write).rejects.toThrow(StaleWrite);
    });

    it('lets one of two steps win that saw the same state', async () => {
      const job = await givenGeneration(stores(), { status: 'collected' });
      const deliver = () =>
        opened().database.transaction((inside) =>
          inside.generations.save(delivered(job, now).next, { status: 'collected' }, { checkAfter: again }),
        );
      const ends = await Promise.allSettled(Array.from({ length: 20 }, deliver));
      expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const end of ends) if (end.status === 'rejected') expect(end.reason).toBeInstanceOf(StaleWrite);
    });

    it('leaves nothing of a write whose transaction was rolled back', async () => {
      const job = await givenGeneration(stores(), { status: 'collected' });
      const work = opened().database.transaction(async (inside) => {
        await inside.generations.save(
          delivered(job, now).next,
          { status: 'collected' },
          { checkAfter: again },
        );
        await inside.generations.save(
          delivered(job, now).next,
          { status: 'collected' },
          { checkAfter: again },
        );
      });
      await expect(work).rejects.toThrow(StaleWrite);
      expect(await generations().find(job.id)).toEqual(job);
    });

    it('reports work that stands still, and only that', async () => {
      const wanted: Generation[] = [];
      for (const status of generationStatuses) {
        const job = await givenGeneration(stores(), { status });
        if (status !== 'accepted' && status !== 'delivered') wanted.push(job);
      }
      for (const status of ['blocked', 'failed', 'cancelled'] as const)
        await givenGeneration(stores(), { status, announcedAt: longAgo });
      const found = await generations().stalled(now, again, 100);
      expect(found).toHaveLength(wanted.length);
      expect(found).toEqual(expect.arrayContaining(wanted));
    });

    it('says by one look whether anything is to be reported, and whether anybody waits', async () => {
      const overdue = (at: Date) => stores().workers.whatStands(at);
      const nothing = { generations: false, trainings: false, waiting: false };
      for (const status of ['blocked', 'failed', 'cancelled'] as const)
        await givenGeneration(stores(), { status, announcedAt: longAgo });
      await givenGeneration(stores(), { status: 'delivered' });
      expect(await overdue(now)).toEqual(nothing);
      await givenGeneration(stores(), { status: 'submitted' });
      expect(await overdue(now)).toEqual({ ...nothing, generations: true });
      await stalledIds(now);
      expect(await overdue(secondsLater(9.999))).toEqual(nothing);
      expect(await overdue(again)).toEqual({ ...nothing, generations: true });
      await givenGeneration(stores(), { status: 'accepted' });
      expect(await overdue(now)).toEqual({ ...nothing, waiting: true });
    });

    it('tells a worker what it holds beyond the time of its lease', async () => {
      const overdueOf = async (worker: string, at: Date) =>
        (await stores().workers.overdueOf(worker, at)).generations;
      const { id } = await givenGeneration(stores(), { status: 'submitted' });
      await givenGeneration(stores(), { status: 'submitted' });
      await generations().acquire(id, 'submitted', { owner: 'worker-7', until: secondsLater(60) }, now);
      expect(await overdueOf('worker-7', secondsLater(59))).toEqual([]);
      expect(await overdueOf('worker-7', secondsLater(60))).toEqual([id]);
      expect(await overdueOf('worker-8', secondsLater(60))).toEqual([]);
      await generations().free(id, 'worker-7', longAgo);
      expect(await overdueOf('worker-7', secondsLater(60))).toEqual([]);
    });

    it('reports a row once until it is to be reported again', async () => {
      const { id } = await givenGeneration(stores(), { status: 'submitted' });
      expect(await stalledIds(now)).toEqual([id]);
      expect(await stalledIds(now)).toEqual([]);
      expect(await stalledIds(secondsLater(9.999))).toEqual([]);
      expect(await stalledIds(again)).toEqual([id]);
    });

    it('reports a row to one of those who look together', async () => {
      for (let row = 0; row < 30; row += 1) await givenGeneration(stores(), { status: 'submitted' });
      const found = (await Promise.all(Array.from({ length: 6 }, () => stalledIds(now, 10)))).flat();
      expect(found).toHaveLength(new Set(found).size);
      expect([...found, ...(await stalledIds(now, 100))]).toHaveLength(30);
    });

    it('reports what waits longest when there is more than it may', async () => {
      const ids = [];
      for (const second of [-1, -3, -2])
        ids.push(
          (await givenGeneration(stores(), { status: 'submitted', createdAt: secondsLater(second) })).id,
        );
      expect(new Set(await stalledIds(now, 2))).toEqual(new Set([ids[1], ids[2]]));
    });

    it('leaves a row in peace while somebody holds it, and until it is due', async () => {
      const job = await givenGeneration(stores(), { status: 'submitted' });
      await generations().acquire(job.id, 'submitted', mine, now);
      expect(await stalledIds(mine.until)).toEqual([]);
      expect(await stalledIds(secondsLater(61))).toEqual([job.id]);
      await generations().save(job, { status: 'submitted' }, { checkAfter: secondsLater(120) });
      expect(await stalledIds(secondsLater(119))).toEqual([]);
      expect(await stalledIds(secondsLater(120))).toEqual([job.id]);
    });

    it('looks at many rows at once: time is counted, and the sweep leaves them alone meanwhile', async () => {
      const jobs = [];
      for (let row = 0; row < 3; row += 1)
        jobs.push(await givenGeneration(stores(), { status: 'submitted' }));
      const ids = jobs.map(({ id }) => id);
      const look = (ticks: number, at: Date) =>
        generations().lookAt(
          ids,
          { owner: mine.owner, until: secondsLater(15, at), from: { at, ticks } },
          at,
        );
      expect(await look(0, now)).toEqual([]);
      for (const id of ids) {
        await generations().acquire(id, 'submitted', { ...mine, from: { at: now, ticks: 100 } }, now);
        await generations().free(id, mine.owner, now);
      }
      const seen = await look(130, now);
      expect(seen).toHaveLength(3);
      expect(seen).toEqual(
        expect.arrayContaining(jobs.map(({ id, ticket }) => ({ id, ticket, waited: 30 }))),
      );
      expect(await stalledIds(secondsLater(14))).toEqual([]);
      // By ticks, whatever the clock says.
      expect(await look(150, secondsLater(7200))).toMatchObject(Array(3).fill({ waited: 50 }));
      expect(await look(151, secondsLater(14))).toHaveLength(3);
      expect(await stalledIds(secondsLater(28.9))).toEqual([]);
      expect(await stalledIds(secondsLater(29))).toHaveLength(3);
    });

    it('looks at no row that another holds, has looked at since, or that has moved on', async () => {
      const [held, theirOwn, done, ours] = [
        await givenGeneration(stores(), { status: 'submitted' }),
        await givenGeneration(stores(), { status: 'submitted' }),
        await givenGeneration(stores(), { status: 'submitted' }),
        await givenGeneration(stores(), { status: 'submitted' }),
      ];
      const seenBy = { ...mine, from: { at: now, ticks: 1 } };
      for (const { id } of [held, theirOwn, done, ours]) {
        await generations().acquire(id, 'submitted', seenBy, now);
        await generations().free(id, mine.owner, now);
      }
      await generations().acquire(held.id, 'submitted', mine, now);
      await generations().acquire(theirOwn.id, 'submitted', theirs, now);
      await generations().free(theirOwn.id, theirs.owner, now);
      const { next } = failed(done, { kind: 'timeout', detail: '' }, now);
      await generations().save(next, { status: 'submitted' }, { checkAfter: now });
      const ids = [held, theirOwn, done, ours].map(({ id }) => id);
      expect(await generations().lookAt(ids, { ...seenBy, until: again }, now)).toMatchObject([
        { id: ours.id },
      ]);
      expect(new Set(await stalledIds(now))).toEqual(new Set([theirOwn.id, done.id]));
    });

    it('counts tries until one comes to an end, and lets nobody have it after the last', async () => {
      const { id } = await givenGeneration(stores(), { status: 'submitted' });
      const fail = (counts: boolean) =>
        generations().putBack(id, mine.owner, { now, error: 'nasty \0 \ud800 words', counts });
      for (let tries = 1; tries < maximumTries; tries += 1) {
        expect(await generations().acquire(id, 'submitted', mine, now)).not.toBeNull();
        expect(await fail(true)).toBe(tries);
      }
      await generations().acquire(id, 'submitted', mine, now);
      expect(await fail(false)).toBe(maximumTries - 1);
      expect(await generations().hopeless(10)).toEqual([]);
      await generations().acquire(id, 'submitted', mine, now);
      await generations().dropLeases([mine.owner]);
      expect(await generations().acquire(id, 'submitted', mine, now)).toBeNull();
      expect(await generations().hopeless(10)).toMatchObject([{ row: { id } }]);
      await generations().markDead(id, now);
      expect(await generations().hopeless(10)).toEqual([]);
      expect(await generations().findDead(id)).toMatchObject({ row: { id } });
      expect(await generations().dead(10)).toMatchObject([{ row: { id } }]);
    });

    it('puts back for its holder only, after a pause that doubles up to five minutes', async () => {
      const { id } = await givenGeneration(stores(), { status: 'submitted' });
      for (const pause of [1, 2, 4, 8, 16, 32, 64, 128, 256, 300]) {
        await generations().acquire(id, 'submitted', mine, now);
        const failure = { now, error: 'no', counts: true };
        expect(await generations().putBack(id, theirs.owner, failure)).toBeNull();
        expect(await generations().putBack(id, mine.owner, failure)).not.toBeNull();
        expect(await stalledIds(secondsLater(pause - 0.1))).toEqual([]);
        expect(await stalledIds(secondsLater(pause))).toEqual([id]);
      }
      await generations().acquire(id, 'submitted', mine, now);
      await generations().free(id, mine.owner, now);
      await generations().acquire(id, 'submitted', mine, now);
      expect(await generations().putBack(id, mine.owner, { now, error: 'no', counts: true })).toBe(1);
    });

    it('counts the time between looks by the ticks of one process, and of two by no more than seconds', async () => {
      const { id } = await givenGeneration(stores(), { status: 'submitted' });
      const lookOf = async (owner: string, ticks: number, at: Date) => {
        await generations().acquire(id, 'submitted', { owner, until: at, from: { at, ticks } }, at);
        await generations().free(id, owner, at);
        return generations().waited(id);
      };
      expect(await lookOf('one', 1000, now)).toBe(0);
      expect(await lookOf('one', 1075, secondsLater(7200))).toBe(75);
      expect(await lookOf('one', 1090, secondsLater(-7200))).toBe(90);
      expect(await lookOf('two', 5, secondsLater(-7185))).toBe(105);
      expect(await lookOf('one', 1105, secondsLater(7200))).toBe(125);
      expect(await lookOf('two', 6, secondsLater(0))).toBe(125);
      expect(await generations().openFor(125, 10)).toMatchObject([{ id }]);
      expect(await generations().openFor(126, 10)).toEqual([]);
    });

    it('begins to count anew in another state, and forgets what was seen of one that goes back into line', async () => {
      const job = await givenGeneration(stores(), { status: 'submitted' });
      const held = (ticks: number) => ({ ...mine, from: { at: now, ticks } });
      for (const ticks of [0, 50]) {
        await generations().acquire(job.id, 'submitted', held(ticks), now);
        await generations().free(job.id, mine.owner, now);
      }
      const { next } = failed(job, { kind: 'timeout', detail: '' }, now);
      await generations().save(next, { status: 'submitted' }, { checkAfter: now, dead: now });
      expect(await generations().waited(job.id)).toBe(0);
      const again = replayed(next).next;
      await generations().save(again, { status: 'failed' }, { checkAfter: now });
      expect(await generations().dead(10)).toEqual([]);
      expect(await generations().findDead(job.id)).toBeNull();
      await generations().lookAtQueue(held(90_000), now);
      expect(await generations().waited(job.id)).toBe(0);
      await generations().lookAtQueue(held(90_010), now);
      expect(await generations().waited(job.id)).toBe(10);
    });

    it('puts one in line off that cannot be sent, and lets the others go before it', async () => {
      const [first, second] = [
        await givenGeneration(stores(), { status: 'accepted' }),
        await givenGeneration(stores(), { status: 'accepted' }),
      ];
      const next = async (time: Date) =>
        opened().database.transaction(async (inside) =>
          inside.generations.lockNext({ total: 9, perUser: 9, now: time }),
        );
      await generations().putOff(first.id, { now, error: 'no', counts: true });
      expect((await next(now))?.id).toBe(second.id);
      expect((await next(secondsLater(1)))?.id).toBe(first.id);
      for (let tries = 1; tries < maximumTries; tries += 1)
        await generations().putOff(first.id, { now, error: 'no', counts: true });
      expect((await next(secondsLater(1000)))?.id).toBe(second.id);
      expect(await generations().hopeless(10)).toMatchObject([{ row: { id: first.id }, error: 'no' }]);
    });

    it('makes due what was put off to a time that nobody can have chosen', async () => {
      const job = await givenGeneration(stores(), { status: 'collected' });
      await generations().save(job, { status: 'collected' }, { checkAfter: secondsLater(7200) });
      expect(await generations().recheck(now)).toBe(1);
      expect(await stalledIds(now)).toEqual([job.id]);
    });

    it('makes due at once what is at the provider, except what is being worked on', async () => {
      const [watched, held, waiting] = [
        await givenGeneration(stores(), { status: 'submitted' }),
        await givenGeneration(stores(), { status: 'submitted' }),
        await givenGeneration(stores(), { status: 'collected' }),
      ];
      for (const job of [watched, waiting])
        await generations().save(job, { status: job.status }, { checkAfter: secondsLater(15) });
      await generations().acquire(held.id, 'submitted', mine, now);
      expect(await stalledIds(now)).toEqual([]);
      expect(await generations().recheck(now)).toBe(1);
      expect(await stalledIds(now)).toEqual([watched.id]);
    });

    it('frees the rows of the dead at once, and of nobody else', async () => {
      const [dead, alive] = [
        await givenGeneration(stores(), { status: 'submitted' }),
        await givenGeneration(stores(), { status: 'submitted' }),
      ];
      await generations().acquire(dead.id, 'submitted', mine, now);
      await generations().acquire(alive.id, 'submitted', theirs, now);
      expect(await generations().dropLeases([])).toBe(0);
      expect(await generations().dropLeases([mine.owner, 'worker 3'])).toBe(1);
      expect(await stalledIds(now)).toEqual([dead.id]);
      expect(await generations().acquire(dead.id, 'submitted', mine, now)).toEqual(dead);
      expect(await generations().acquire(alive.id, 'submitted', mine, now)).toBeNull();
    });
  });
}

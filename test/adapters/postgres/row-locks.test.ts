import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DeleteAvatar } from '../../../src/application/personal-data/delete-avatar.js';
import { cancelled, submitted } from '../../../src/domain/generation/generation-transitions.js';
import { hold } from '../../../src/domain/ledger.js';
import { aTraining, givenTraining } from '../../support/builders/a-training.js';
import { givenAvatar, givenGeneration, givenUser } from '../../support/builders/given.js';
import { longAgo, secondsLater } from '../../support/builders/ids.js';
import { type OpenedPostgres, openPostgres } from './open-postgres.js';

describe('the lock of a generation', () => {
  let opened: OpenedPostgres;
  beforeAll(async () => {
    opened = await openPostgres();
  });
  afterAll(() => opened.close());

  it('makes the next one wait and see what the first one wrote', async () => {
    const job = await givenGeneration(opened.database.stores, { status: 'submitting' });
    const taken = submitted(job, 'ticket', longAgo).next;
    const first = opened.database.transaction(async ({ generations }) => {
      await generations.lock(job.id);
      const second = opened.database.transaction((stores) => stores.generations.lock(job.id));
      await expect.poll(waitingForLocks).toBe(1);
      await generations.save(taken, { status: 'submitting' }, { checkAfter: longAgo });
      return { second };
    });
    expect(await (await first).second).toEqual(taken);
  });

  it('keeps others from writing until its transaction ends', async () => {
    const job = await givenGeneration(opened.database.stores, { status: 'submitting' });
    const called = cancelled(job, longAgo).next;
    const { late } = await opened.database.transaction(async ({ generations }) => {
      await generations.lock(job.id);
      const late = opened.database.stores.generations
        .save(
          submitted(job, 'ticket', longAgo).next,
          { status: 'submitting' },
          { checkAfter: secondsLater(1) },
        )
        .catch((error: unknown) => error);
      await expect.poll(waitingForLocks).toBe(1);
      await generations.save(called, { status: 'submitting' }, { checkAfter: longAgo });
      return { late };
    });
    expect(await late).toMatchObject({ name: 'StaleWrite' });
    expect(await opened.database.stores.generations.find(job.id)).toEqual(called);
  });

  it('of an account keeps others from spending what is about to be taken', async () => {
    const { id: user } = await givenUser(opened.database.stores, { credits: 100 });
    const { late } = await opened.database.transaction(async ({ ledger }) => {
      const { balance } = await ledger.lock(user);
      const late = opened.database.stores.ledger
        .write(hold({ owner: user, account: 'generation:late', held: 60 }), longAgo)
        .catch((error: unknown) => error);
      await expect.poll(waitingForLocks).toBe(1);
      await ledger.write([{ user, kind: 'expiry', amount: -balance, reason: 'expiry:a' }], longAgo);
      return { late };
    });
    expect(await late).toMatchObject({ code: 'insufficient_credits' });
    expect(await opened.database.stores.ledger.account(user)).toEqual({ balance: 0, held: 0 });
  });

  it('of a training and of its avatar are taken in one order, so that a deletion waits for its end', async () => {
    const { stores } = opened.database;
    const avatar = await givenAvatar(stores, { status: 'training' });
    const training = await givenTraining(
      stores,
      aTraining({ status: 'training', avatar: avatar.id, price: 0 }),
    );
    const { owner } = avatar;
    const remove = new DeleteAvatar({
      database: opened.database,
      media: { removeAll: async () => undefined },
      clock: { now: () => longAgo, ticks: () => performance.now() / 1000 },
    });
    const { deletion } = await opened.database.transaction(async ({ trainings, avatars }) => {
      await trainings.lock(training.id);
      const deletion = remove.execute({ avatar: avatar.id, withImages: true }, { owner });
      await expect.poll(waitingForLocks).toBe(1);
      // As everything does that ends a training. PostgreSQL would give one of the two up if they waited in a circle.
      expect(await avatars.lock(owner, avatar.id)).not.toBeNull();
      return { deletion };
    });
    expect(await deletion).toMatchObject({ name: avatar.name });
    expect(await stores.trainings.find(training.id)).toMatchObject({ status: 'cancelled' });
  });

  it('leaves a job in the line while somebody writes what refers to it', async () => {
    const { stores } = opened.database;
    const job = await givenGeneration(stores, { status: 'accepted' });
    await opened.database.transaction(async ({ jobMessages }) => {
      // The foreign key locks the job's row against a change of its id, and of nothing else.
      const message = { generation: job.id, source: 'telegram', chat: 7, message: 1, language: 'en' };
      await jobMessages.remember(message, longAgo);
      const next = await opened.database.transaction(({ generations }) =>
        generations.lockNext({ total: 10, perUser: 10, now: secondsLater(0) }),
      );
      expect(next?.id).toBe(job.id);
    });
  });

  it('lets the sweep see a job whose row somebody refers to', async () => {
    const { stores } = opened.database;
    const job = await givenGeneration(stores, { status: 'submitted' });
    await opened.database.transaction(async ({ jobMessages }) => {
      const message = { generation: job.id, source: 'telegram', chat: 7, message: 2, language: 'en' };
      await jobMessages.remember(message, longAgo);
      const found = await opened.database.transaction(({ generations }) =>
        generations.stalled(secondsLater(100), secondsLater(110), 10),
      );
      expect(found.map(({ id }) => id)).toContain(job.id);
    });
  });

  async function waitingForLocks(): Promise<number> {
    const { rowCount } = await opened.pool.query(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    return rowCount ?? 0;
  }
});

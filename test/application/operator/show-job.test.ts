import { describe, expect, it } from 'vitest';
import { ShowJob } from '../../../src/application/operator/show-job.js';
import { generationStatuses } from '../../../src/domain/generation/generation.js';
import { generationId, trainingId } from '../../../src/domain/ids.js';
import { trainingStatuses } from '../../../src/domain/training/training.js';
import { InMemoryDatabase } from '../../fakes/in-memory-database.js';
import { aTraining, givenTraining } from '../../support/builders/a-training.js';
import { givenGeneration, givenUser } from '../../support/builders/given.js';
import { longAgo, nextUuid, secondsLater, someone } from '../../support/builders/ids.js';
import { eventOf } from '../../support/builders/provider-events.js';

describe('ShowJob', () => {
  const database = new InMemoryDatabase();
  const { stores } = database;
  const show = new ShowJob({ database });
  const whatOf = async (job: Parameters<ShowJob['execute']>[0]) =>
    (await show.execute(job)).moments.map(({ what }) => what);

  it('tells the way of a picture in the order of time, with its money and its webhook', async () => {
    await givenUser(stores, { id: someone, credits: 50 });
    const job = await givenGeneration(stores, { status: 'delivered', submits: 1, prompt: 'a secret wish' });
    const account = `generation:${job.id}`;
    const entry = (kind: 'hold' | 'release' | 'capture', amount: number, seconds: number) =>
      database.transaction(({ ledger }) =>
        ledger.write([{ user: someone, kind, amount, reason: `${kind}:${account}` }], secondsLater(seconds)),
      );
    await entry('hold', -5, 0);
    await entry('release', 5, 30);
    await entry('capture', -5, 30);
    await stores.webhookInbox.add(eventOf(job), secondsLater(29));
    const story = await show.execute({ generation: job.id });
    expect(story.moments.map(({ at, what }) => [(at.getTime() - longAgo.getTime()) / 1000, what])).toEqual([
      [0, 'accepted'],
      [0, 'hold'],
      [2, 'submitted'],
      [29, 'webhook'],
      [30, 'release'],
      [30, 'capture'],
      [30, 'collected'],
      [31, 'delivered'],
    ]);
    expect(story.moments[3]?.facts).toEqual({
      call: 1,
      request: `request of ${account}:1`,
      outcome: 'done',
    });
    expect(story.now).toMatchObject({ id: job.id, user: someone, state: 'delivered', calls: 1, run: 0 });
    expect(JSON.stringify(story)).not.toContain('a secret wish');
  });

  it.each(generationStatuses)('tells of a generation that is %s', async (status) => {
    const { id } = await givenGeneration(stores, { status });
    const what = await whatOf({ generation: id });
    expect(what[0]).toBe('accepted');
    expect(what.at(-1)).toBe(status);
  });

  it.each(trainingStatuses)('tells of a training that is %s', async (status) => {
    const job = await givenTraining(stores, aTraining({ status }));
    const what = await whatOf({ training: job.id });
    expect(what[0]).toBe('accepted');
    expect(what.at(-1)).toBe(status);
  });

  it('says so when there is no such job', async () => {
    const missing = { code: 'not_found' };
    await expect(show.execute({ generation: generationId(nextUuid()) })).rejects.toMatchObject({
      refusal: missing,
    });
    await expect(show.execute({ training: trainingId(nextUuid()) })).rejects.toMatchObject({
      refusal: missing,
    });
  });
});

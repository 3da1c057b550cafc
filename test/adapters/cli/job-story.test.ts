import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aTraining, givenTraining } from '../../support/builders/a-training.js';
import { givenGeneration, givenUser } from '../../support/builders/given.js';
import { longAgo, secondsLater, someone } from '../../support/builders/ids.js';
import { eventOf } from '../../support/builders/provider-events.js';
import { type OpenedPostgres, openPostgres } from '../postgres/open-postgres.js';
import { command } from './a-terminal.js';

let folder: string;
let opened: OpenedPostgres;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aisha-story-'));
  opened = await openPostgres();
});
afterAll(async () => {
  await opened.close();
  await rm(folder, { recursive: true, force: true });
});

const live = { MODE: 'live', FAL_KEY: 'key', ROLES: 'worker' };
const run = (...words: string[]) =>
  command(words, { ...live, DATA_DIR: join(folder, 'data'), DATABASE_URL: opened.connectionString });

test('a picture is shown with all that is kept of it, by the beginning of its id', async () => {
  const { stores } = opened.database;
  await givenUser(stores, { id: someone, credits: 50 });
  const failure = { kind: 'provider_error', detail: 'it answered 500' } as const;
  const job = await givenGeneration(stores, { status: 'failed', failure, prompt: 'a secret wish' });
  const held = { user: someone, kind: 'hold', amount: -5, reason: `hold:generation:${job.id}` } as const;
  await opened.database.transaction(({ ledger }) => ledger.write([held], longAgo));
  await stores.webhookInbox.add(eventOf(job), secondsLater(20));

  const begins = job.id.slice(0, -1);
  const { code, out, err } = await run('generations', 'show', begins, '--json');
  expect(code, err).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    ...{ id: job.id, user: someone, state: 'failed', calls: 1 },
    moments: [
      { at: longAgo.toISOString(), what: 'accepted', facts: { images: 1, price: 5 } },
      { at: longAgo.toISOString(), what: 'hold', facts: { credits: -5 } },
      { at: secondsLater(20).toISOString(), what: 'webhook', facts: { call: 1, outcome: 'done' } },
      { at: secondsLater(30).toISOString(), what: 'failed', facts: failure },
    ],
  });
  const told = await run('generations', 'show', job.id);
  expect(told.out).toContain(
    `${longAgo.toISOString()}  hold      credits=-5 reason=hold:generation:${job.id}`,
  );
  expect(told.out).toContain('kind=provider_error detail=it answered 500');
  expect(out + told.out).not.toContain('a secret wish');
});

test('a training is shown, and what there is not is refused', async () => {
  const { stores } = opened.database;
  const job = await givenTraining(stores, aTraining({ status: 'ready' }));
  const { out } = await run('trainings', 'show', job.id);
  expect(out).toContain('ready');
  expect(out).toContain('speed=balanced');
  for (const words of [
    ['trainings', 'show', 'ffffffff'],
    ['generations', 'show', job.id],
    ['generations', 'show', 'no id'],
  ]) {
    const refused = await run(...words);
    expect({ code: refused.code === 0, out: refused.out }).toEqual({ code: false, out: '' });
  }
});

import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aCliWorldInTelegram } from './a-cli-world.js';

let world: Awaited<ReturnType<typeof aCliWorldInTelegram>>;
let client: pg.Client;
beforeAll(async () => {
  world = await aCliWorldInTelegram();
  client = new pg.Client(world.connectionString);
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await world.close();
});

const run = (...words: readonly string[]) => world.run(...words);

const [report, appeal] = [1, 2].map((number) => `00000000-0000-4000-8000-00000000000${number}`) as [
  string,
  string,
];

const waits = (id: string, kind: string, more: Record<string, unknown>) => {
  const row = { id, kind, key: id, person: '2', photos: '[]', opened_at: new Date(), ...more };
  const names = Object.keys(row);
  return client.query(
    `insert into moderation_cases (${names.join()}) values (${names.map((_, index) => `$${index + 1}`).join()})`,
    Object.values(row),
  );
};

test('what waits is listed, opened on purpose, and decided as in the chat, with its reason', async () => {
  await run('credits', 'grant', '--user', '2', '--amount', '5', '--reason', 'a start', '--new');
  expect(await run('cases', 'list')).toMatchObject({ code: 0, out: 'nothing waits for you\n' });
  await waits(report, 'recipe', { subject: report, reporter: '1', category: 'nudity' });
  const listed = await run('cases', 'list');
  expect(listed, listed.err).toMatchObject({ code: 0, out: expect.stringContaining(report) });
  expect(listed.out).toContain('nudity');
  expect(await run('acts')).toMatchObject({ out: expect.not.stringContaining('case-open') });
  expect((await run('cases', 'show', report)).out).toContain('no words');
  expect(await run('cases', 'block', 'nosuchcase')).toMatchObject({ code: 2 });
  const blocked = await run('cases', 'block', report, '--reason', 'not a statue');
  expect(blocked, blocked.err).toMatchObject({ code: 0, out: 'block: 2\n' });
  await world.telegram.drive.waitForMessage(2, ({ text }) => text?.includes('/appeal') ?? false);
  const card = await run('users', 'show', '2');
  expect(card.out, card.err).toContain('not a statue');
  expect(await run('cases', 'block', report)).toMatchObject({ code: 2 });

  const { rows } = await client.query("select at from blocked_people where user_id = '2'");
  await waits(appeal, 'appeal', { subject: rows[0].at.toISOString(), words: 'It was a statue.' });
  expect((await run('cases', 'list', '--json')).out).not.toContain('statue');
  expect((await run('cases', 'show', appeal)).out).toContain('It was a statue.');
  expect(await run('cases', 'block', appeal)).toMatchObject({
    code: 2,
    err: expect.stringContaining('allow or refuse'),
  });
  expect(await run('cases', 'allow', appeal)).toMatchObject({ code: 0, out: 'unblock: 2\n' });
  expect((await run('users', 'show', '2')).out).not.toContain('BLOCKED');
  const acts: { act: string; admin: string; why: string | null }[] = JSON.parse(
    (await run('acts', '--json')).out,
  );
  expect(acts.map(({ act, admin, why }) => [act, admin, why]).slice(0, 6)).toEqual([
    ['case-decide', 'cli', null],
    ['unblock', 'cli', null],
    ['case-open', 'cli', null],
    ['block', 'cli', 'not a statue'],
    ['case-decide', 'cli', 'not a statue'],
    ['case-open', 'cli', null],
  ]);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { aCliWorldInTelegram } from './a-cli-world.js';

let world: Awaited<ReturnType<typeof aCliWorldInTelegram>>;
beforeAll(async () => {
  world = await aCliWorldInTelegram();
});
afterAll(() => world.close());

const run = (...words: readonly string[]) => world.run(...words);

// The sandbox has given person 2 a thousand credits.
test('what the chat does with a person is done here too, and kept as acts', async () => {
  await run('credits', 'grant', '--user', '2', '--amount', '5', '--reason', 'a start', '--new');
  const granted = await run('users', 'grant', '2', '50', 'sorry', 'for', 'the', 'wait');
  expect(granted, granted.err).toMatchObject({ code: 0, out: 'balance 1055, held 0\n' });
  expect((await run('users', 'take-back', '2', '20', 'too many')).out).toBe('balance 1035, held 0\n');
  expect(await run('users', 'take-back', '2', '1036', 'all')).toMatchObject({ code: 2, out: '' });
  expect((await run('users', 'block', '2', 'threats')).out).toContain('blocked');
  expect((await run('users', 'show', '2')).out).toMatch(/BLOCKED since .*: threats\nbalance {4}1035, held 0/);
  expect(await run('users', 'block', '2')).toMatchObject({ code: 2 });
  expect((await run('users', 'list', '--blocked')).out).toMatch(/^id +name +since +blocked\n2 .*Z\n$/);
  expect(await run('users', 'unblock', '2')).toMatchObject({ code: 0 });
  expect(JSON.parse((await run('users', 'list', '--blocked', '--json')).out)).toEqual([]);
  expect(await run('users', 'message', '2', 'All is well again.')).toMatchObject({
    code: 0,
    out: 'it was sent\n',
  });
  await world.telegram.drive.waitForMessage(2, ({ text }) => text?.includes('All is well again.') ?? false);
  expect(await run('users', 'refund', '2', 'nosuchcharge')).toMatchObject({ code: 2 });
  const acts: { act: string; admin: string; why: string | null }[] = JSON.parse(
    (await run('acts', '--json')).out,
  );
  expect(acts.map(({ act, admin, why }) => [act, admin, why])).toEqual([
    ['message', 'cli', null],
    ['unblock', 'cli', null],
    ['block', 'cli', 'threats'],
    ['take-back', 'cli', 'too many'],
    ['grant', 'cli', 'sorry for the wait'],
    ['grant', 'cli', 'a start'],
  ]);
});

test('what is wrong is said', async () => {
  for (const words of [
    ['dance', '2'],
    ['show', 'nobody'],
    ['grant', '2', 'many'],
    ['message', '2'],
    ['list', '--limit', 'x'],
  ])
    expect(await run('users', ...words), words.join(' ')).toMatchObject({ code: 2, out: '' });
});

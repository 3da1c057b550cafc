import { afterAll, beforeAll, expect, test } from 'vitest';
import { aCliWorld } from './a-cli-world.js';

let world: Awaited<ReturnType<typeof aCliWorld>>;
beforeAll(async () => {
  world = await aCliWorld({ DAILY_BUDGET: '10', DAILY_PICTURES: '20' });
});
afterAll(() => world.close());

const run = (...words: readonly string[]) => world.run(...words);

test('what is spent is shown, begun anew, and one person may order more', async () => {
  await run('credits', 'grant', '--user', '1001', '--amount', '5', '--reason', 'a test');
  const shown = await run('budget', 'show');
  expect(shown.out, shown.err).toContain('day    $0.00 of $10.00\nmonth  $0.00 of any');
  expect(shown.out).toContain('a day: 20');
  expect(await run('budget', 'reset')).toMatchObject({ code: 0 });
  expect((await run('budget', 'person', '1001')).out).toBe(
    '1001 may order as many pictures a day as everybody\n',
  );
  expect((await run('budget', 'person', '1001', '--pictures', '50')).out).toBe(
    '1001 may order 50 pictures a day\n',
  );
  expect(await run('budget', 'person', '1001', '--pictures', 'many')).toMatchObject({ code: 2 });
  expect(await run('budget', 'person', '7777', '--pictures', '5')).toMatchObject({ code: 2 });
  const acts = JSON.parse((await run('acts', '--json')).out).map(({ act }: { act: string }) => act);
  expect(acts).toEqual(['picture-limit', 'picture-limit', 'budget-reset', 'grant']);
});

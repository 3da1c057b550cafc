import { afterAll, beforeAll, expect, test } from 'vitest';
import { aCliWorld } from './a-cli-world.js';

let world: Awaited<ReturnType<typeof aCliWorld>>;
beforeAll(async () => {
  world = await aCliWorld();
});
afterAll(() => world.close());

const run = (...words: readonly string[]) => world.run('access', ...words);

test('people are let in, turned away and listed, and links are made and ended', async () => {
  expect(await run('allow', '1001')).toMatchObject({
    code: 0,
    out: expect.stringContaining('1001 is allowed'),
  });
  expect(await run('refuse', '2002')).toMatchObject({ code: 0 });
  expect(await run('remove', '1001')).toMatchObject({ code: 0 });
  const made = await run('invite', '--uses', '5');
  const [code = ''] = made.out.split('\n');
  expect(made.out).toContain(`?start=invite_${code}`);
  expect((await run('list')).out).toContain(`${code}`);
  expect(await run('end', code)).toMatchObject({ code: 0 });
  expect(JSON.parse((await run('list', '--json')).out)).toMatchObject({
    people: [
      { user: '2002', state: 'refused' },
      { user: '1001', state: 'removed' },
    ],
    links: [{ code, uses: 5, used: 0, endedAt: expect.any(String) }],
  });
  expect(await run('open')).toMatchObject({ code: 0 });
  expect(JSON.parse((await run('list', '--json')).out)).toEqual({ people: [], links: [] });
});

test('what is wrong is said, and nothing is changed', async () => {
  expect(await run('allow', 'ada')).toMatchObject({ code: 2, out: '' });
  const wrong = await run('invite', '--uses', '0', '--days', 'many');
  expect(wrong).toMatchObject({ code: 2, out: '' });
  for (const field of ['uses', 'days']) expect(wrong.err).toContain(field);
  expect(await run('end', 'NEVERWAS')).toMatchObject({ code: 2 });
});

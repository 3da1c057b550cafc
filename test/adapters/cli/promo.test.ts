import { afterAll, beforeAll, expect, test } from 'vitest';
import { aCliWorld } from './a-cli-world.js';

let world: Awaited<ReturnType<typeof aCliWorld>>;
beforeAll(async () => {
  world = await aCliWorld();
});
afterAll(() => world.close());

const run = (...words: readonly string[]) => world.run('promo', ...words);

test('codes are made, listed and ended', async () => {
  const made = await run('create', '--credits', '50');
  expect(made.code, made.err).toBe(0);
  const [drawn = ''] = made.out.split('\n');
  expect(drawn).toMatch(/^[0-9A-HJKMNP-TV-Z]{10}$/);
  expect(made.out).toContain(`/promo ${drawn}`);
  expect(made.out).toContain(`?start=promo_${drawn}`);
  const terms = ['--credits', '20', '--uses', '3', '--until', '2099-01-31', '--code', 'welcome-26'];
  const own = await run('create', ...terms, '--json');
  expect(JSON.parse(own.out)).toMatchObject({
    ...{
      code: 'WELCOME-26',
      credits: 20,
      uses: 3,
      used: 0,
      until: '2099-01-31T23:59:59.999Z',
      endedAt: null,
    },
  });
  expect(await run('end', 'welcome26')).toMatchObject({ code: 0 });
  const list = JSON.parse((await run('list', '--json')).out);
  expect(list).toMatchObject([
    { code: 'WELCOME-26', endedAt: expect.any(String) },
    { code: drawn, uses: null, endedAt: null },
  ]);
  expect((await run('list')).out).toContain('WELCOME-26  20');
});

test('a code for percent says so where codes are listed', async () => {
  const made = await run('create', '--percent', '20', '--code', 'MORE-20', '--json');
  expect(JSON.parse(made.out)).toMatchObject({ code: 'MORE-20', credits: null, percent: 20 });
  expect((await run('list')).out).toContain('MORE-20     +20 %');
  const both = await run('create', '--percent', '20', '--credits', '5');
  expect(both).toMatchObject({ code: 2, out: '' });
  expect(both.err).toContain('credits or percent, one of them');
  expect((await run('create')).err).toContain('credits or percent, one of them');
});

test('what is wrong is said, and nothing is made', async () => {
  const wrong = await run('create', '--credits', 'many', '--uses', '0', '--until', 'soon', '--code', 'a');
  expect(wrong).toMatchObject({ code: 2, out: '' });
  for (const field of ['credits', 'uses', 'until', 'code']) expect(wrong.err).toContain(field);
  expect(await run('end', 'NEVERWAS')).toMatchObject({ code: 2 });
});

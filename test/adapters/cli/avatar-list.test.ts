import { expect, test } from 'vitest';
import { runCli } from '../../../src/adapters/cli/cli.js';
import type { CliHost, CliServices } from '../../../src/adapters/cli/cli-host.js';
import { InMemoryDatabase } from '../../fakes/in-memory-database.js';
import { givenAvatar } from '../../support/builders/given.js';
import { secondsLater } from '../../support/builders/ids.js';

test('a list of avatars ends at its limit, and says how to see the rest', async () => {
  const database = new InMemoryDatabase();
  const names = ['Ada', 'Bob', 'Cora'];
  for (const [place, name] of names.entries())
    await givenAvatar(database.stores, { name, isMain: false, createdAt: secondsLater(place) });
  const run = async (words: readonly string[]) => {
    const said = { out: '', err: '' };
    const host: Partial<CliHost> = {
      out: (text) => {
        said.out += text;
      },
      err: (text) => {
        said.err += text;
      },
      services: async () => ({ database }) as Partial<CliServices> as CliServices,
    };
    await runCli(['avatar', 'list', '--json', ...words], host as CliHost);
    return { names: JSON.parse(said.out).map(({ name }: { name: string }) => name), err: said.err };
  };
  expect(await run([])).toEqual({ names, err: '' });
  const first = await run(['--limit', '2']);
  expect(first).toEqual({
    names: ['Ada', 'Bob'],
    err: expect.stringMatching(/^There are more: --after \S+, /),
  });
  const [, after = ''] = /--after ([^,]+)/.exec(first.err) ?? [];
  expect(await run(['--limit', '2', '--after', after])).toEqual({ names: ['Cora'], err: '' });
  await expect(run(['--limit', '0'])).rejects.toThrow('limit');
  await expect(run(['--after', 'Bob'])).rejects.toThrow('after');
});

test('a list of avatars in JSON calls the media key of weights as it always did', async () => {
  const database = new InMemoryDatabase();
  const url = 'https://v3.fal.media/files/a';
  await givenAvatar(database.stores, { model: { kind: 'lora', url, mediaKey: 'weights/a' } });
  const services: Partial<CliServices> = { database };
  let out = '';
  const host: Partial<CliHost> = {
    out: (text) => {
      out += text;
    },
    services: async () => services as CliServices,
  };
  await runCli(['avatar', 'list', '--json'], host as CliHost);
  expect(JSON.parse(out)).toMatchObject([{ model: { kind: 'lora', url, keptAs: 'weights/a' } }]);
  expect(out).not.toContain('mediaKey');
});

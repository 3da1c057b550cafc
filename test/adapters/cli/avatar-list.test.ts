import { expect, test } from 'vitest';
import { runCli } from '../../../src/adapters/cli/cli.js';
import type { CliHost, CliServices } from '../../../src/adapters/cli/cli-host.js';
import { InMemoryDatabase } from '../../fakes/in-memory-database.js';
import { givenAvatar } from '../../support/builders/given.js';

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

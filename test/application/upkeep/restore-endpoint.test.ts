import { expect, it } from 'vitest';
import { RestoreEndpoint } from '../../../src/application/upkeep/restore-endpoint.js';
import { FakeClock } from '../../fakes/fake-clock.js';
import { InMemoryDatabase } from '../../fakes/in-memory-database.js';
import { longAgo, secondsLater } from '../../support/builders/ids.js';

it('forgets what an endpoint refused, and knows none that refused nothing', async () => {
  const database = new InMemoryDatabase();
  const { endpoints } = database.stores;
  const restoreEndpoint = new RestoreEndpoint({ database, clock: new FakeClock() });
  const endpoint = 'fal-ai/flux-lora';
  await endpoints.noteRefusal(endpoint, 'job-1', longAgo);
  await endpoints.retire(endpoint, { since: longAgo, nextTryAt: secondsLater(3600), tries: 1 });
  expect((await endpoints.retired(longAgo)).has(endpoint)).toBe(true);
  await restoreEndpoint.execute(endpoint, { admin: 'cli' });
  expect((await endpoints.retired(longAgo)).size).toBe(0);
  expect(await endpoints.troubled()).toEqual([]);
  expect(await database.stores.operatorActs.list(9)).toMatchObject([
    { admin: 'cli', act: 'endpoint-restore', details: { endpoint } },
  ]);
  await expect(restoreEndpoint.execute(endpoint, { admin: 'cli' })).rejects.toMatchObject({
    code: 'not_found',
  });
});

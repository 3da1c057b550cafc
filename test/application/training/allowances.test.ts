import { expect, it } from 'vitest';
import { PurgeCounts } from '../../../src/application/upkeep/purge-counts.js';
import { plenty } from '../../support/builders/allowances.js';
import { someone } from '../../support/builders/ids.js';
import { policy, TrainingWorld } from './training-world.js';

const aRequest = [
  { type: 'portrait' },
  { owner: someone, origin: { transport: 'test', address: {} } },
] as const;

it('begins so many avatars a day for one person, and says when the next one can be begun', async () => {
  const world = new TrainingWorld({ ...policy, allowances: { ...plenty, drafts: 2 } });
  await world.startDraft.execute(...aRequest);
  world.clock.advance(600);
  await world.startDraft.execute(...aRequest);
  const third = () => world.startDraft.execute(...aRequest);
  await expect(third()).rejects.toMatchObject({
    refusal: { code: 'allowance_spent', kind: 'drafts', limit: 2, seconds: 86_400 - 600 },
  });
  expect(await world.stores.avatarDrafts.list(someone)).toHaveLength(2);
  world.clock.advance(86_400 - 600);
  await third();
});

it('forgets what was counted for a day that is over, and nothing of today', async () => {
  const world = new TrainingWorld({ ...policy, allowances: { ...plenty, drafts: 1 } });
  const purge = new PurgeCounts({ database: world.database, clock: world.clock });
  await world.startDraft.execute(...aRequest);
  world.clock.advance(4000);
  await purge.execute();
  await expect(world.startDraft.execute(...aRequest)).rejects.toMatchObject({ code: 'allowance_spent' });
});

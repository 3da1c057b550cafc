import { expect, test } from 'vitest';
import { RepeatGeneration } from '../../../src/application/generation/repeats/repeat-generation.js';
import { RequestGeneration } from '../../../src/application/generation/request-generation.js';
import { RequestUpscale } from '../../../src/application/generation/request-upscale.js';
import { anyWords } from '../../support/builders/check-words.js';
import { somebodyElse } from '../../support/builders/ids.js';
import { GenerationWorld } from './generation-world.js';

test("somebody else's job is not found, whatever else is", async () => {
  const world = new GenerationWorld();
  const id = await world.accepted();
  await world.person(100, somebodyElse);
  const { database, clock, ids, rules, metrics, log } = world;
  const parts = { database, clock, ids, policy: rules, metrics, log };
  const repeating = new RepeatGeneration({
    database,
    requestGeneration: new RequestGeneration({ ...parts, checkWords: anyWords }),
    requestUpscale: new RequestUpscale(parts),
  });
  const context = { owner: somebodyElse, origin: { transport: 'test', address: {} }, requestKey: 'tap 1' };
  await expect(repeating.execute({ id }, context)).rejects.toMatchObject({
    refusal: { code: 'not_found', what: 'generation' },
  });
  expect(await world.entries(somebodyElse)).toEqual(['grant 100']);
});

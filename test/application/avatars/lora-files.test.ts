import { beforeEach, describe, expect, it } from 'vitest';
import { checkedWeights } from '../../../src/application/avatars/checked-weights.js';
import { LoraFiles } from '../../../src/application/avatars/lora-files.js';
import { plenty } from '../../support/builders/allowances.js';
import { givenUser } from '../../support/builders/given.js';
import { someone } from '../../support/builders/ids.js';
import { inChunksOf, safetensors } from '../../support/safetensors.js';
import { TrainingWorld } from '../training/training-world.js';

let world: TrainingWorld;
beforeEach(() => {
  world = new TrainingWorld();
});

const address = 'https://weights.example/imported.safetensors';
const files = (rules = world.rules) =>
  new LoraFiles({
    database: world.database,
    media: world.media,
    library: { publish: async () => address },
    clock: world.clock,
    ids: world.ids,
    policy: rules,
  });
const given = { name: 'Imported', type: 'portrait' as const, trigger: ' TOK ' };
const manyNames = (count: number): string[] => Array.from({ length: count }, (_, index) => `t${index}`);

describe('a LoRA file that is brought in', () => {
  it('refuses weights of other models by their name, and keeps nothing of them', async () => {
    const bytes = safetensors({ names: ['lora_unet_down_blocks_0_attentions_0_proj_in.lora_down.weight'] });
    const refusal = { code: 'weights_foreign', family: 'Stable Diffusion' };
    await expect(files().look(inChunksOf(bytes, 7))).rejects.toMatchObject({ refusal });
    await expect(files().import(given, { owner: someone, body: inChunksOf(bytes, 7) })).rejects.toMatchObject(
      { refusal },
    );
    expect(world.media.files.size).toBe(0);
    expect(await world.stores.avatars.list(someone)).toEqual([]);
  });

  it('takes what it cannot tell, and says so', async () => {
    const bytes = safetensors({ names: ['transformer.x.lora_A.weight'], metadata: { trigger_word: 'TOK' } });
    expect(await files().look(inChunksOf(bytes, 50))).toEqual({ isFlux: false, triggers: ['TOK'] });
    expect(await files().import(given, { owner: someone, body: inChunksOf(bytes, 50) })).toMatchObject({
      status: 'ready',
    });
  });

  it('looks no further into a file than its header', async () => {
    const bytes = safetensors(100_000);
    let taken = 0;
    const counted = async function* () {
      for await (const chunk of inChunksOf(bytes, 100)) {
        taken += chunk.byteLength;
        yield chunk;
      }
    };
    expect(await files().look(counted())).toEqual({ isFlux: true, triggers: [] });
    expect(taken).toBeLessThan(1000);
    await expect(files().look(inChunksOf(bytes.subarray(0, 50), 10))).rejects.toMatchObject({
      code: 'weights_refused',
    });
  });

  it.each([
    [
      'a header that claims to be endless',
      Buffer.from([255, 255, 255, 255, 255, 255, 255, 127, 123]),
      /not a safetensors/,
    ],
    ['a header of 20 MB', safetensors({ names: manyNames(330_000) }), /not a safetensors/],
    ['a header of 150,000 tensors', safetensors({ names: manyNames(150_000) }), /more than 20000 tensors/],
    ['a tensor of an endless name', safetensors({ names: ['x'.repeat(300)] }), /no sensible name/],
  ])('refuses %s before anything is made of it', async (_, bytes, reason) => {
    const body = () => inChunksOf(bytes, 65_536);
    for (const refused of [files().look(body()), files().import(given, { owner: someone, body: body() })])
      await expect(refused).rejects.toMatchObject({
        refusal: { code: 'weights_refused', reason: expect.stringMatching(reason) },
      });
    expect(world.media.files.size).toBe(0);
  });

  it('takes so many a day from one person', async () => {
    const rules = { ...world.rules, allowances: { ...plenty, lora_files: 1 } };
    const few = files(rules);
    await givenUser(world.stores, { id: someone });
    await few.admit(someone);
    await expect(few.admit(someone)).rejects.toMatchObject({ refusal: { kind: 'lora_files', limit: 1 } });
  });
});

it('refuses weights of more than a gigabyte while they come', async () => {
  const header = Buffer.from(
    JSON.stringify({ x: { dtype: 'U8', shape: [2 ** 31], data_offsets: [0, 2 ** 31] } }),
  );
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.byteLength));
  const part = Buffer.alloc(2 ** 26);
  let given = 0;
  const endless = async function* () {
    yield Buffer.concat([length, header]);
    for (; given < 20; given += 1) yield part;
  };
  const taken = async () => {
    for await (const _ of checkedWeights(endless()));
  };
  await expect(taken()).rejects.toMatchObject({
    retry: false,
    message: expect.stringContaining('more than'),
  });
  expect(given).toBeLessThan(17);
});

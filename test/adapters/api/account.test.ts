import { beforeEach, describe, expect, it } from 'vitest';
import { readAccount } from '../../../src/adapters/api/account/account-routes.js';
import { listEndpoints } from '../../../src/adapters/api/endpoints/endpoint-routes.js';
import { listPresets } from '../../../src/adapters/api/presets/preset-routes.js';
import { presetNames } from '../../../src/domain/generation/preset.js';
import { secondsAfter } from '../../../src/domain/time.js';
import { ApiClient } from '../../support/api-client.js';
import { aFinetuneModel } from '../../support/builders/an-avatar.js';
import { givenAvatar, givenUser } from '../../support/builders/given.js';
import { somebodyElse, someone } from '../../support/builders/ids.js';
import { retireUltra } from '../../support/builders/retired.js';
import { type ApiWorld, apiWorld } from './api-world.js';

let world: ApiWorld;
let client: ApiClient;
const clientOf = async (owner = someone) =>
  new ApiClient((path, request) => world.api.request(path, request), (await world.program(owner)).key);
beforeEach(async () => {
  world = await apiWorld();
  client = await clientOf();
});

const givenStyle = () =>
  givenAvatar(world.stores, { owner: someone, name: 'Ink', type: 'artistic', model: aFinetuneModel });
const idsOf = async () => (await client.ask(listPresets, {})).presets.map(({ id }) => id);

describe('GET /v1/presets', () => {
  it('tells what each sets, where it is made, and what it costs and takes there', async () => {
    const { presets } = await client.ask(listPresets, {});
    expect(presets.find(({ id }) => id === 'quality')).toMatchObject({
      ...{
        name: 'Quality',
        description: 'More detail, takes longer',
        expected_seconds: { from: 40, to: 60 },
      },
      settings: { steps: 50, guidance: 4, image_size: 'square_hd', aspect_ratio: null, count: 1, safety: 2 },
      offers: [
        {
          ...{ model: 'lora', endpoint: 'fal-ai/flux-lora', credits: 5, safety: false, raw: false },
          aspect_ratios: ['1:1', '3:4', '4:3', '9:16', '16:9'],
          ...{ count: { from: 1, to: 4 }, steps: { from: 1, to: 50 }, guidance: { from: 0, to: 35 } },
          strength: { from: 0, to: 4, usual: 1.2 },
        },
        { model: 'finetune', guidance: { from: 1.5, to: 5 }, safety: true },
      ],
    });
  });

  it('has those that go with one of the avatars of whoever asks', async () => {
    expect(await idsOf()).toEqual(presetNames.filter((name) => name !== 'ultra'));
    await givenStyle();
    expect(await idsOf()).toEqual(presetNames);
  });

  it('leaves out those that the provider makes nothing of just now', async () => {
    await givenStyle();
    await retireUltra(world.stores.endpoints, world.clock);
    expect(await idsOf()).toEqual(presetNames.filter((name) => name !== 'ultra'));
    world.clock.advance(3600);
    expect(await idsOf()).toContain('ultra');
  });

  it('offers a preset with the avatars alone that it can be had with', async () => {
    await givenStyle();
    const since = world.clock.now();
    const retirement = { since, tries: 1, nextTryAt: secondsAfter(since, 3600) };
    await world.stores.endpoints.retire('fal-ai/flux-lora', retirement);
    const { presets } = await client.ask(listPresets, {});
    expect(presets.find(({ id }) => id === 'fast')?.offers.map(({ model }) => model)).toEqual(['finetune']);
  });
});

describe('GET /v1/account', () => {
  it('tells what can be spent and what is set aside', async () => {
    const nothing = { pictures_today: null, expiring: [] };
    expect(await client.ask(readAccount, {})).toEqual({ balance: 100, held: 0, ...nothing });
    await world.order(await world.program());
    expect(await client.ask(readAccount, {})).toEqual({ balance: 95, held: 5, ...nothing });
  });

  it('is everybody’s own', async () => {
    await givenUser(world.stores, { id: somebodyElse });
    expect(await (await clientOf(somebodyElse)).ask(readAccount, {})).toMatchObject({ balance: 0, held: 0 });
  });
});

describe('GET /v1/endpoints', () => {
  const ultra = 'fal-ai/flux-pro/v1.1-ultra-finetuned';
  const ultraNow = async () => (await client.ask(listEndpoints, {})).endpoints.find(({ id }) => id === ultra);

  it('tells where work goes, and since when something is away', async () => {
    expect((await client.ask(listEndpoints, {})).endpoints).toEqual([
      ...['fal-ai/flux-lora', 'fal-ai/flux-lora/image-to-image', 'fal-ai/flux-pro/finetuned', ultra].map(
        (id) => ({ id, work: 'picture', state: 'open', since: null }),
      ),
      { id: 'fal-ai/clarity-upscaler', work: 'enlargement', state: 'open', since: null },
      ...['fal-ai/flux-lora-portrait-trainer', 'fal-ai/flux-lora-fast-training'].map((id) => ({
        ...{ id, work: 'training', state: 'open', since: null },
      })),
    ]);
    const since = world.clock.now().toISOString();
    await retireUltra(world.stores.endpoints, world.clock);
    world.clock.advance(60);
    expect(await ultraNow()).toEqual({ id: ultra, work: 'picture', state: 'away', since });
    world.clock.advance(3600);
    expect(await ultraNow()).toMatchObject({ state: 'open', since: null });
  });

  it('keeps doubts that are no verdict between operators', async () => {
    await world.stores.endpoints.noteRefusal(ultra, 'job', world.clock.now());
    expect(await ultraNow()).toEqual({ id: ultra, work: 'picture', state: 'open', since: null });
  });
});

it('needs a key that may read', async () => {
  const writer = await world.program(someone, ['generate']);
  for (const path of ['/v1/presets', '/v1/account', '/v1/endpoints'])
    expect(await (await writer('GET', path)).json()).toMatchObject({ code: 'scope_missing' });
});

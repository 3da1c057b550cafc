import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { DeleteAvatar } from '../../../src/application/personal-data/delete-avatar.js';
import { type Generation, heldFor, ledgerReference } from '../../../src/domain/generation/generation.js';
import { hold } from '../../../src/domain/ledger.js';
import { FakeClock } from '../../fakes/fake-clock.js';
import { MemoryMediaStore } from '../../fakes/memory-media-store.js';
import { aVariationOrder } from '../../support/builders/an-order.js';
import { givenAvatar, givenGeneration, givenUser } from '../../support/builders/given.js';
import { longAgo, somebodyElse, someone } from '../../support/builders/ids.js';
import { type MigratedDatabase, openMigratedDatabase } from '../../support/migrated-database.js';
import { GenerationWorld } from '../generation/generation-world.js';

describe('pictures that wait when their avatar is deleted', () => {
  let postgres: MigratedDatabase;
  beforeAll(async () => {
    postgres = await openMigratedDatabase();
  });
  afterAll(() => postgres.close());
  beforeEach(() => givenUser(postgres.database.stores, { id: someone, credits: 100 }));

  const stores = () => postgres.database.stores;
  const remove = (avatar: Generation['avatar'], owner = someone) =>
    new DeleteAvatar({
      database: postgres.database,
      media: new MemoryMediaStore(),
      clock: new FakeClock(),
    }).execute({ avatar: avatar ?? never(), withImages: true }, { owner });
  async function held<GenerationRequest extends Generation>(
    request: GenerationRequest,
  ): Promise<GenerationRequest> {
    const { owner } = request;
    await stores().ledger.write(
      hold({ owner, account: ledgerReference(request), held: heldFor(request) }),
      longAgo,
    );
    return request;
  }
  const stateOf = async ({ id }: Generation) => (await stores().generations.find(id))?.status;

  it('are called off, their hold goes back, and their person is told; what is at fal goes on', async () => {
    const { id: avatar } = await givenAvatar(stores());
    const { id: other } = await givenAvatar(stores());
    const waiting = await held(await givenGeneration(stores(), { avatar }));
    const asSecond = await held(await givenGeneration(stores(), { avatar: other, companion: avatar }));
    const elsewhere = await held(await givenGeneration(stores(), { avatar: other }));
    const sent = await held(await givenGeneration(stores(), { status: 'submitted', avatar }));
    const doubtful = await held(await givenGeneration(stores(), { status: 'submitting', avatar }));
    const order = {
      endpoint: 'fal-ai/clarity-upscaler',
      prompt: '',
      source: 'images/1.jpg',
      factor: 2,
    } as const;
    // Its weights would be sent along with the picture.
    const varied = await held(await givenGeneration(stores(), { avatar, order: aVariationOrder() }));
    const enlarging = await held(await givenGeneration(stores(), { avatar, order }));
    const before = await stores().ledger.account(someone);
    await remove(avatar);
    expect(await stateOf(waiting)).toBe('cancelled');
    expect(await stateOf(asSecond)).toBe('cancelled');
    expect(await stateOf(varied)).toBe('cancelled');
    expect(await stateOf(elsewhere)).toBe('accepted');
    expect(await stateOf(sent)).toBe('submitted');
    expect(await stateOf(doubtful)).toBe('submitting');
    expect(await stateOf(enlarging)).toBe('accepted');
    const back = heldFor(waiting) + heldFor(asSecond) + heldFor(varied);
    expect(await stores().ledger.account(someone)).toEqual({
      balance: before.balance + back,
      held: before.held - back,
    });
    expect(await stores().ledger.breaches()).toEqual([]);
    const { rows } = await postgres.pool.query<{ payload: { generation: string } }>(
      `select payload from graphile_worker._private_jobs as jobs
       join graphile_worker._private_tasks as tasks on tasks.id = task_id where identifier = 'deliver'`,
    );
    expect(new Set(rows.map(({ payload }) => payload.generation))).toEqual(
      new Set([waiting.id, asSecond.id, varied.id]),
    );
  });

  it('stay when somebody else asks for the deletion', async () => {
    const { id: avatar } = await givenAvatar(stores());
    const waiting = await held(await givenGeneration(stores(), { avatar }));
    await expect(remove(avatar, somebodyElse)).rejects.toMatchObject({ code: 'avatar_not_found' });
    expect(await stateOf(waiting)).toBe('accepted');
  });

  it('are called off beside workers that look at the whole line and take from it, and nobody waits for another', async () => {
    const { id: avatar } = await givenAvatar(stores());
    for (let count = 0; count < 15; count += 1)
      await held(await givenGeneration(stores(), { avatar, price: 1 }));
    const lease = { owner: 'worker-1', until: longAgo, from: { at: longAgo, ticks: 1 } };
    let isOver = false;
    const look = async () => {
      while (!isOver) await stores().generations.lookAtQueue(lease, longAgo);
    };
    const take = async () => {
      while (!isOver)
        await postgres.database.transaction((inside) =>
          inside.generations.lockNext({ total: 100, perUser: 100, now: longAgo }),
        );
    };
    const others = [look(), look(), take()];
    await remove(avatar);
    isOver = true;
    await Promise.all(others);
    const line = await stores().generations.list({ owner: someone, status: 'accepted', limit: 99 });
    expect(line.filter((one) => one.avatar === avatar)).toEqual([]);
  });
});

test('a picture that came into line in the moment of the deletion is called off when its turn comes', async () => {
  const world = new GenerationWorld();
  const first = await world.accepted();
  const { id: second, avatar } = await world.request();
  await world.stores.avatars.remove(someone, avatar ?? never());
  // One call for both: whoever calls one off calls for the next.
  world.database.takeJobs();
  await world.stores.jobs.add({ task: 'submit-next' });
  await world.run();
  for (const id of [first, second]) await world.state(id, 'cancelled');
  expect(world.generator.bought).toHaveLength(0);
  expect(world.transport.of('ended')).toHaveLength(2);
  expect(await world.credits()).toEqual({ balance: 100, held: 0 });
});

function never(): never {
  throw new Error('it shows nobody');
}

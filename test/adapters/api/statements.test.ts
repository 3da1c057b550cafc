import { afterEach, beforeEach, expect, it } from 'vitest';
import { avatarId } from '../../../src/domain/ids.js';
import { anImageRow } from '../../support/builders/a-stored-image.js';
import { aDraftPhoto, aTraining, givenTraining } from '../../support/builders/a-training.js';
import { givenGeneration } from '../../support/builders/given.js';
import { someone } from '../../support/builders/ids.js';
import { type MigratedDatabase, openMigratedDatabase } from '../../support/migrated-database.js';
import { statementsOf } from '../../support/statements-of.js';
import { type ApiProgram, type ApiWorld, apiWorld } from './api-world.js';

let opened: MigratedDatabase;
let asked: string[];
let world: ApiWorld;
let ask: ApiProgram;
beforeEach(async () => {
  opened = await openMigratedDatabase();
  asked = statementsOf(opened.pool);
  world = await apiWorld({ database: opened.database });
  ask = await world.program();
  // The use of a key is noted once a minute.
  expect((await ask('GET', '/v1/account')).status).toBe(200);
});
afterEach(() => opened.close());

/** Two of every request ask whose key it is, and whether they may come in. */
const entering = 2;
async function statementsFor(request: () => Promise<Response>): Promise<readonly string[]> {
  asked.length = 0;
  expect((await request()).ok).toBe(true);
  const found = asked.slice(entering);
  expect(asked[0]).toContain('api_keys');
  return found;
}

it('a page of pictures is one statement and counts none of the others; where it goes on is another', async () => {
  const { id: generation } = await givenGeneration(world.stores, { status: 'delivered' });
  const image = anImageRow({ generation, owner: someone });
  await world.stores.images.add([image]);
  const first = await statementsFor(() => ask('GET', '/v1/images'));
  expect(first).toHaveLength(1);
  const second = await statementsFor(() => ask('GET', `/v1/images?cursor=${image.id}`));
  expect(second).toHaveLength(2);
  expect([...first, ...second].join()).not.toContain('count(');
});

it('a list of avatars is three statements, however many there are', async () => {
  for (let each = 0; each < 4; each += 1) {
    const draft = await ask('POST', '/v1/avatars', { body: { type: 'portrait' } });
    const avatar = avatarId(((await draft.json()) as { id: string }).id);
    await world.stores.photos.add(aDraftPhoto({ avatar }));
    await givenTraining(world.stores, aTraining({ avatar, owner: someone }));
  }
  const list = () => ask('GET', '/v1/avatars');
  expect(await statementsFor(list)).toHaveLength(3);
  const { avatars } = (await (await list()).json()) as { avatars: { id: string }[] };
  expect(avatars).toHaveLength(5);
  // Each as it is shown alone.
  for (const avatar of avatars)
    expect(avatar).toEqual(await (await ask('GET', `/v1/avatars/${avatar.id}`)).json());
});

it('an order is nine statements in all, and four of them write', async () => {
  const order = await statementsFor(() => world.order(ask));
  expect(order).toHaveLength(9 - entering);
  // Its name, the order with its price, its nudge, the answer that is kept.
  expect(order.filter((text) => /\b(insert into|update|add_job)\b/.test(text))).toHaveLength(4);
});

import { expect, test } from 'vitest';
import { seedSandbox } from '../../src/composition/seed-sandbox.js';
import { userId } from '../../src/domain/ids.js';
import { FakeClock } from '../fakes/fake-clock.js';
import { InMemoryDatabase } from '../fakes/in-memory-database.js';

const [you, guest] = [userId('1'), userId('2')];

test('demo avatars are planted once: what was deleted or renamed stays so', async () => {
  const database = new InMemoryDatabase();
  const seed = () => seedSandbox(database, new FakeClock());
  const mine = async () => (await database.stores.avatars.list(you)).map(({ name }) => name).sort();
  await seed();
  expect(await mine()).toEqual(['demo-artistic', 'demo-portrait']);
  const [first, second] = await database.stores.avatars.list(you);
  if (first === undefined || second === undefined) throw new Error('two were planted');
  await database.stores.avatars.remove(you, first.id);
  await database.stores.avatars.save({ ...second, name: 'mine' });
  await seed();
  expect(await mine()).toEqual(['mine']);
  await database.stores.avatars.remove(you, second.id);
  await seed();
  expect(await mine()).toEqual([]);
  expect(await database.stores.ledger.account(you)).toEqual({ balance: 1000, held: 0 });
});

test('the guest has credits and no avatar, as a newcomer', async () => {
  const database = new InMemoryDatabase();
  await seedSandbox(database, new FakeClock());
  expect(await database.stores.avatars.list(guest)).toEqual([]);
  expect(await database.stores.ledger.account(guest)).toEqual({ balance: 1000, held: 0 });
});

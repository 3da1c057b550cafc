import { afterAll, beforeAll, expect, it } from 'vitest';
import { migrate } from '../../../../src/adapters/postgres/schema/migrate.js';
import { aPayment } from '../../../support/builders/a-payment.js';
import { anOffer } from '../../../support/builders/an-offer.js';
import { givenUser } from '../../../support/builders/given.js';
import { secondsLater, someone } from '../../../support/builders/ids.js';
import { type OpenedPostgres, openPostgres } from '../open-postgres.js';

let opened: OpenedPostgres;
beforeAll(async () => {
  opened = await openPostgres();
});
afterAll(() => opened.close());

const asBefore = [
  'drop table subscriptions',
  'alter table payments drop column expires_at, drop column expired',
  `delete from kysely_migration where name = '0036-subscriptions'`,
];

it('knows the subscriptions that were paid for before they were kept', async () => {
  const { database, pool } = opened;
  const { payments, subscriptions } = database.stores;
  await givenUser(database.stores, { id: someone });
  await payments.keepOffers([
    anOffer({ id: 'month', kind: 'month' }),
    anOffer({ id: 'going', kind: 'month', expires: true }),
  ]);
  const month = { id: 'month', version: 1 };
  const going = { id: 'going', version: 1 };
  const [first, second] = [secondsLater(100), secondsLater(200)];
  await payments.add(aPayment({ charge: 'z', offer: month, until: first }));
  await payments.add(aPayment({ charge: 'a', offer: month, until: second }));
  await payments.add(aPayment({ charge: 'g', offer: going, until: first }));
  await payments.add(aPayment({ charge: 'pack' }));
  for (const statement of asBefore) await pool.query(statement);

  expect(await migrate(pool)).toEqual(['0036-subscriptions']);

  expect(await subscriptions.find(someone, month)).toMatchObject({
    ...{ firstCharge: 'z', latestCharge: 'a', until: second, state: 'active' },
  });
  expect(await subscriptions.list(someone)).toHaveLength(2);
  const expiring = (await payments.list(someone)).map(({ charge, expiresAt }) => [charge, expiresAt]);
  expect(Object.fromEntries(expiring)).toEqual({ a: null, g: first, pack: null, z: null });
});

import { expect, it } from 'vitest';
import { RedeemPromo } from '../../../src/application/payments/redeem-promo.js';
import { userId } from '../../../src/domain/ids.js';
import { FakeClock } from '../../fakes/fake-clock.js';
import { aPromo } from '../../support/builders/a-promo.js';
import { plenty } from '../../support/builders/allowances.js';
import { givenUser } from '../../support/builders/given.js';
import { openMigratedDatabase } from '../../support/migrated-database.js';

it('five of thirty people who send in a code at once get it, and what is written adds up', async () => {
  const { database, pool, close } = await openMigratedDatabase();
  const redeemPromo = new RedeemPromo({ database, clock: new FakeClock(), policy: { allowances: plenty } });
  const promo = aPromo({ uses: 5 });
  await database.stores.promos.add(promo);
  const people = Array.from({ length: 30 }, (_, index) => userId(String(9000 + index)));
  for (const id of people) await givenUser(database.stores, { id });
  // Each sends it twice, as after a double tap.
  const answers = await Promise.allSettled(
    [...people, ...people].map((owner) => redeemPromo.execute({ code: promo.shown }, { owner })),
  );
  const got = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
  expect(got.filter(({ isNew }) => isNew)).toHaveLength(5);
  const { rows } = await pool.query(
    `select (select used from promo_codes) as used, (select count(*)::int from promo_redemptions) as redeemed,
      (select count(*)::int from ledger_entries where reason like 'grant:promo:%') as entries,
      (select sum(balance)::int from accounts) as credits`,
  );
  expect(rows).toEqual([{ used: 5, redeemed: 5, entries: 5, credits: 250 }]);
  expect(await database.stores.ledger.breaches()).toEqual([]);
  await close();
});

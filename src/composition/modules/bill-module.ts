import { ContainerModule } from 'inversify';
import { FalBill } from '../../adapters/fal/fal-bill.js';
import { CompareBill } from '../../application/operator/compare-bill.js';
import { build, make } from '../build.js';
import { falBillAccount } from '../fal-account.js';
import { parts, services as s } from '../identifiers.js';
import type { Resources } from '../resources.js';

/** Whether there is a key that fal shows its bill to. */
export const readsBill = (resources: Resources): boolean => falBillAccount(resources) !== null;

/** fal's bill beside our estimates. */
export const billModule = new ContainerModule(({ bind }) => {
  make(
    bind,
    s.providerBill,
    ({ resources }) => {
      const account = falBillAccount(resources);
      if (account === null) throw new Error('there is no key that fal shows its bill to');
      return new FalBill(account);
    },
    parts('resources'),
  );
  build(bind, CompareBill, parts('database', 'clock', 'policy', 'providerBill'));
});

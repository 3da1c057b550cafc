import { DomainError } from '../../../domain/errors.js';
import type { UserId } from '../../../domain/ids.js';
import type { PersonWork } from '../../../domain/operator/person.js';
import { type Lot, lotsOf } from '../../../domain/payments/lots.js';
import type { DescribeMonths, Months } from '../../payments/describe-months.js';
import type { Needs } from '../../ports/needs.js';
import type { Account } from '../../ports/stores/ledger.js';
import type { Block } from '../../ports/stores/operator/block-store.js';
import type { User } from '../../ports/stores/user-store.js';

/** One person, as an operator sees them: never what they wrote, and no picture. */
export interface Person {
  readonly user: User;
  readonly account: Account;
  /** Payments, newest first. */
  readonly lots: readonly Lot[];
  readonly months: Months;
  readonly work: PersonWork;
  readonly block: Block | null;
}

type Parts = Needs<'blocks' | 'users' | 'ledger' | 'payments' | 'people', 'clock'> & {
  readonly describeMonths: DescribeMonths;
};

export class DescribePerson {
  constructor(private readonly parts: Parts) {}

  /** @throws DomainError `not_found` */
  async execute(id: UserId): Promise<Person> {
    const { database, clock, describeMonths } = this.parts;
    const { blocks, users, ledger, payments, people } = database.stores;
    const user = await users.find(id);
    if (user === null) throw new DomainError({ code: 'not_found', what: `person known here: ${id}` });
    const today = new Date(clock.now());
    today.setUTCHours(0, 0, 0, 0);
    const [account, paid, months, work, block] = await Promise.all([
      ledger.account(id),
      payments.list(id),
      describeMonths.execute(id),
      people.work(id, today),
      blocks.find(id),
    ]);
    return { user, account, lots: lotsOf(paid, account.balance), months, work, block };
  }
}

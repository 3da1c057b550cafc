import { beginningOf } from '../../../domain/budget.js';
import { DomainError } from '../../../domain/errors.js';
import type { UserId } from '../../../domain/ids.js';
import type { PersonWork } from '../../../domain/operator/person.js';
import { type Lot, lotsOf } from '../../../domain/payments/lots.js';
import type { DescribeMonths, Months } from '../../payments/describe-months.js';
import type { Policy } from '../../policy/policy.js';
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
  readonly pictures: PicturesToday;
}

/** What they ordered of what they may order a day; `null`: no limit. */
export interface PicturesToday {
  readonly ordered: number;
  /** What everybody may. */
  readonly usual: number | null;
  /** What was set for them alone; it counts where there is a limit for everybody. */
  readonly own: number | null;
}

type Parts = Needs<'blocks' | 'users' | 'ledger' | 'payments' | 'people' | 'quotas', 'clock'> & {
  readonly policy: Pick<Policy, 'quotas'>;
  readonly describeMonths: DescribeMonths;
};

export class DescribePerson {
  constructor(private readonly parts: Parts) {}

  /** @throws DomainError `not_found` */
  async execute(id: UserId): Promise<Person> {
    const { database, clock, describeMonths, policy } = this.parts;
    const { blocks, users, ledger, payments, people, quotas } = database.stores;
    const user = await users.find(id);
    if (user === null) throw new DomainError({ code: 'not_found', what: `person known here: ${id}` });
    const today = beginningOf('day', clock.now());
    const [account, paid, months, work, block, ordered, own] = await Promise.all([
      ledger.account(id),
      payments.list(id),
      describeMonths.execute(id),
      people.work(id, today),
      blocks.find(id),
      quotas.ordered(id, today),
      quotas.limitOf(id),
    ]);
    const pictures = { ordered, own, usual: policy.quotas.pictures };
    return { user, account, lots: lotsOf(paid, account.balance), months, work, block, pictures };
  }
}

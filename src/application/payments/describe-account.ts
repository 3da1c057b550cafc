import { beginningOf, endOf } from '../../domain/budget.js';
import type { UserId } from '../../domain/ids.js';
import type { Policy } from '../policy/policy.js';
import type { Needs } from '../ports/needs.js';
import type { Account } from '../ports/stores/ledger.js';
import { type ExpiringCredits, expiringCredits } from './months.js';

/** What somebody may still order today. */
export interface PicturesLeft {
  readonly limit: number;
  readonly left: number;
  /** When the next day begins. */
  readonly until: Date;
}

export interface AccountToday extends Account {
  /** `null`: no limit. */
  readonly pictures: PicturesLeft | null;
  /** Of the balance; the next to go first. */
  readonly expiring: readonly ExpiringCredits[];
}

type Parts = Needs<'ledger' | 'payments' | 'quotas', 'clock'> & { readonly policy: Pick<Policy, 'quotas'> };

/** What somebody can spend and until when, and what they may order of it today. */
export class DescribeAccount {
  constructor(private readonly parts: Parts) {}

  async execute(owner: UserId): Promise<AccountToday> {
    const { stores } = this.parts.database;
    const [account, pictures] = await Promise.all([stores.ledger.account(owner), this.picturesLeft(owner)]);
    return { ...account, pictures, expiring: await expiringCredits(stores, owner, account.balance) };
  }

  private async picturesLeft(owner: UserId): Promise<PicturesLeft | null> {
    const { database, clock, policy } = this.parts;
    const { quotas } = database.stores;
    const usual = policy.quotas.pictures;
    if (usual === null) return null;
    const now = clock.now();
    const [own, ordered] = await Promise.all([
      quotas.limitOf(owner),
      quotas.ordered(owner, beginningOf('day', now)),
    ]);
    const limit = own ?? usual;
    return { limit, left: Math.max(0, limit - ordered), until: endOf('day', now) };
  }
}

import { beginningOf, endOf } from '../../domain/budget.js';
import type { UserId } from '../../domain/ids.js';
import type { Policy } from '../policy/policy.js';
import type { Needs } from '../ports/needs.js';
import type { Account } from '../ports/stores/ledger.js';

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
}

type Parts = Needs<'ledger' | 'quotas', 'clock'> & { readonly policy: Pick<Policy, 'quotas'> };

/** What somebody can spend, and what they may order of it today. */
export class DescribeAccount {
  constructor(private readonly parts: Parts) {}

  async execute(owner: UserId): Promise<AccountToday> {
    const { ledger } = this.parts.database.stores;
    const [{ balance, held }, pictures] = await Promise.all([
      ledger.account(owner),
      this.picturesLeft(owner),
    ]);
    return { balance, held, pictures };
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

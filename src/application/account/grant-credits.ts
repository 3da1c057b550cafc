import { IsInt, IsString, Length, Max, Min } from 'class-validator';
import { userId } from '../../domain/ids.js';
import type { Operator } from '../../domain/operator/act.js';
import { checkedInput, type Sent } from '../input/input-validation.js';
import { IsUserId } from '../input/user-id.js';
import type { Policy } from '../policy/policy.js';
import type { Needs } from '../ports/needs.js';
import type { Account } from '../ports/stores/ledger.js';
import { welcome } from './welcome.js';

const amount = { context: { allowed: 'a whole number 1-1000000' } };

export class GrantInput {
  @IsUserId() user!: string;
  @IsInt(amount) @Min(1, amount) @Max(1_000_000, amount) amount!: number;
  @IsString() @Length(1, 200, { context: { allowed: '1-200 characters' } }) reason!: string;
}

type Parts = Needs<'ledger' | 'users' | 'operatorActs', 'clock' | 'ids'> & { readonly policy: Policy };

/** Gives a user credits. Each grant counts: two with the same words are two. */
export class GrantCredits {
  constructor(private readonly parts: Parts) {}

  async execute(given: Sent<GrantInput>, { admin }: { readonly admin: Operator }): Promise<Account> {
    const input = checkedInput(GrantInput, given);
    const user = userId(input.user);
    const now = this.parts.clock.now();
    return this.parts.database.transaction(async (stores) => {
      await welcome(stores, user, this.parts.policy, now);
      const reason = `grant:${this.parts.ids.uuid()}:${input.reason}`;
      await stores.ledger.write([{ user, kind: 'grant', amount: input.amount, reason }], now);
      const details = { credits: input.amount };
      await stores.operatorActs.write({
        ...{ at: now, admin, act: 'grant', subject: user, why: input.reason, details },
      });
      return stores.ledger.account(user);
    });
  }
}

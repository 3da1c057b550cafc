import { IsInt, IsString, Length, Max, Min } from 'class-validator';
import { userId } from '../../domain/ids.js';
import type { Operator } from '../../domain/operator/act.js';
import { checkedInput, type Sent } from '../input/input-validation.js';
import { IsUserId } from '../input/user-id.js';
import type { Policy } from '../policy/policy.js';
import type { Needs } from '../ports/needs.js';
import type { Account } from '../ports/stores/ledger.js';
import type { Stores } from '../ports/stores/stores.js';
import { welcome } from './welcome.js';

const amount = { context: { allowed: 'a whole number 1-1000000' } };

export class GrantInput {
  @IsUserId() user!: string;
  @IsInt(amount) @Min(1, amount) @Max(1_000_000, amount) amount!: number;
  @IsString() @Length(1, 200, { context: { allowed: '1-200 characters' } }) reason!: string;
}

type Touched = 'ledger' | 'users' | 'operatorActs';
type Parts = Needs<Touched, 'clock' | 'ids'> & { readonly policy: Policy };
interface By {
  readonly admin: Operator;
}

/** Gives a user credits. Each grant counts: two with the same words are two. */
export class GrantCredits {
  constructor(private readonly parts: Parts) {}

  execute(given: Sent<GrantInput>, by: By): Promise<Account> {
    return this.parts.database.transaction((stores) => this.within(stores, given, by));
  }

  /** The same in somebody's transaction. */
  async within(stores: Pick<Stores, Touched>, given: Sent<GrantInput>, { admin }: By): Promise<Account> {
    const { user: id, amount, reason: why } = checkedInput(GrantInput, given);
    const user = userId(id);
    const at = this.parts.clock.now();
    await welcome(stores, user, this.parts.policy, at);
    const reason = `grant:${this.parts.ids.uuid()}:${why}`;
    await stores.ledger.write([{ user, kind: 'grant', amount, reason }], at);
    const details = { credits: amount };
    await stores.operatorActs.write({ at, admin, act: 'grant', subject: user, why, details });
    return stores.ledger.account(user);
  }
}

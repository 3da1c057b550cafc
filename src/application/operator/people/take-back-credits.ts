import { userId } from '../../../domain/ids.js';
import type { Operator } from '../../../domain/operator/act.js';
import { takenByOperator } from '../../../domain/operator/taken-credits.js';
import { GrantInput } from '../../account/grant-credits.js';
import { checkedInput, type Sent } from '../../input/input-validation.js';
import type { Needs } from '../../ports/needs.js';
import type { Account } from '../../ports/stores/ledger.js';
import type { Stores } from '../../ports/stores/stores.js';

type Touched = 'ledger' | 'operatorActs';
interface By {
  readonly admin: Operator;
}

/** Takes credits from somebody, never more than they can spend. */
export class TakeBackCredits {
  constructor(private readonly parts: Needs<Touched, 'clock' | 'ids'>) {}

  /** @throws DomainError `insufficient_credits` */
  execute(given: Sent<GrantInput>, by: By): Promise<Account> {
    return this.parts.database.transaction((stores) => this.within(stores, given, by));
  }

  /** The same in somebody's transaction. */
  async within(
    { ledger, operatorActs }: Pick<Stores, Touched>,
    given: Sent<GrantInput>,
    { admin }: By,
  ): Promise<Account> {
    const { clock, ids } = this.parts;
    const { user: id, amount: credits, reason: why } = checkedInput(GrantInput, given);
    const user = userId(id);
    const at = clock.now();
    const entry = ids.uuid();
    await ledger.write([takenByOperator({ user, credits, why, entry })], at);
    const details = { credits, entry };
    await operatorActs.write({ at, admin, act: 'take-back', subject: user, why, details });
    return ledger.account(user);
  }
}

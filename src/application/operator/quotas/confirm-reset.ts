import { DomainError } from '../../../domain/errors.js';
import type { Operator } from '../../../domain/operator/act.js';
import type { Needs } from '../../ports/needs.js';
import { redeemIntent } from '../redeem-intent.js';
import type { ResetBudget } from './reset-budget.js';

type Parts = Needs<'operatorActs' | 'operatorIntents' | 'quotas', 'clock'> & {
  readonly resetBudget: ResetBudget;
};

/** Lets orders go on, as an operator was asked and has confirmed. */
export class ConfirmReset {
  constructor(private readonly parts: Parts) {}

  /** @throws DomainError `intent_over` */
  execute(id: string, { admin }: { readonly admin: Operator }): Promise<void> {
    const { database, clock, resetBudget } = this.parts;
    return database.transaction(async (stores) => {
      const { act } = await redeemIntent(stores, { id, admin }, clock.now());
      if (act !== 'budget-reset') throw new DomainError({ code: 'intent_over' });
      await resetBudget.within(stores, { admin });
    });
  }
}

import type { Operator } from '../../../domain/operator/act.js';
import type { Needs } from '../../ports/needs.js';
import type { Stores } from '../../ports/stores/stores.js';

type Touched = 'quotas' | 'operatorActs';

/** Lets orders go on before the day or month is over: what was spent until now counts no more. */
export class ResetBudget {
  constructor(private readonly parts: Needs<Touched, 'clock'>) {}

  execute(by: { readonly admin: Operator }): Promise<void> {
    return this.parts.database.transaction((stores) => this.within(stores, by));
  }

  /** The same in somebody's transaction. */
  async within(
    { quotas, operatorActs }: Pick<Stores, Touched>,
    { admin }: { readonly admin: Operator },
  ): Promise<void> {
    const at = this.parts.clock.now();
    const { day, month } = await quotas.spent(at);
    await quotas.reset(at);
    const details = { day, month };
    await operatorActs.write({ at, admin, act: 'budget-reset', subject: null, why: null, details });
  }
}

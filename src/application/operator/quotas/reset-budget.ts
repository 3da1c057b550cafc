import type { Operator } from '../../../domain/operator/act.js';
import type { Needs } from '../../ports/needs.js';

/** Lets orders go on before the day or month is over: what was spent until now counts no more. */
export class ResetBudget {
  constructor(private readonly parts: Needs<'quotas' | 'operatorActs', 'clock'>) {}

  async execute({ admin }: { readonly admin: Operator }): Promise<void> {
    const at = this.parts.clock.now();
    await this.parts.database.transaction(async ({ quotas, operatorActs }) => {
      const { day, month } = await quotas.spent(at);
      await quotas.reset(at);
      const details = { day, month };
      await operatorActs.write({ at, admin, act: 'budget-reset', subject: null, why: null, details });
    });
  }
}

import { hasQuotas } from '../../../domain/budget.js';
import type { Policy } from '../../policy/policy.js';
import type { Needs } from '../../ports/needs.js';

/** Takes out of what counts as spent what ended before fal took it. */
export class RecountSpending {
  constructor(
    private readonly parts: Needs<'quotas', 'clock'> & { readonly policy: Pick<Policy, 'quotas'> },
  ) {}

  async execute(): Promise<void> {
    const { database, clock, policy } = this.parts;
    if (hasQuotas(policy.quotas)) await database.transaction(({ quotas }) => quotas.recount(clock.now()));
  }
}

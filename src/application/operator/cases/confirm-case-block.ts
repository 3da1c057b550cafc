import { DomainError } from '../../../domain/errors.js';
import type { Operator } from '../../../domain/operator/act.js';
import type { Case } from '../../../domain/operator/case.js';
import type { Needs } from '../../ports/needs.js';
import { redeemIntent } from '../redeem-intent.js';
import type { DecideCase } from './decide-case.js';

type Parts = Needs<'blocks' | 'cases' | 'operatorActs' | 'operatorIntents' | 'recipes', 'clock'> & {
  readonly decideCase: DecideCase;
};

/** Blocks whoever shared what was reported, as the operator was asked and has confirmed. */
export class ConfirmCaseBlock {
  constructor(private readonly parts: Parts) {}

  /** Returns the case, to tell them. @throws DomainError `intent_over`, `not_found`, `wrong_state` */
  async execute(id: string, by: { readonly admin: Operator }): Promise<Case> {
    const { database, clock, decideCase } = this.parts;
    const decided = await database.transaction(async (stores) => {
      const intended = await redeemIntent(stores, { id, admin: by.admin }, clock.now());
      if (intended.act !== 'case-block') throw new DomainError({ code: 'intent_over' });
      const { case: named, why } = intended;
      return decideCase.within(stores, { case: named, decision: 'block', why: why ?? undefined }, by);
    });
    await decideCase.finish(decided);
    return decided;
  }
}

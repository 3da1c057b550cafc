import { IsUUID } from 'class-validator';
import { DomainError } from '../../../domain/errors.js';
import type { UserId } from '../../../domain/ids.js';
import { type Case, type Decision, decisions, decisionsOf } from '../../../domain/operator/case.js';
import { checkedInput, IsOneOf } from '../../input/input-validation.js';
import type { Needs } from '../../ports/needs.js';
import type { BlockPerson } from '../people/block-person.js';
import type { UnblockPerson } from '../people/unblock-person.js';

export class CaseDecision {
  @IsUUID() case!: string;
  @IsOneOf(decisions) decision!: Decision;
}

type Parts = Needs<'blocks' | 'cases' | 'operatorActs' | 'recipes', 'clock'> & {
  readonly blockPerson: Pick<BlockPerson, 'within' | 'endSubscriptions'>;
  readonly unblockPerson: Pick<UnblockPerson, 'within'>;
};

/** An operator's word on what waits. */
export class DecideCase {
  constructor(private readonly parts: Parts) {}

  /**
   * Returns the case, to tell those whom it is about.
   * @throws DomainError `not_found`, also for a decision of another kind of case; `wrong_state` when it was decided before
   */
  async execute(given: CaseDecision, { admin }: { readonly admin: UserId }): Promise<Case> {
    const { case: id, decision } = checkedInput(CaseDecision, given);
    const { database, clock, blockPerson, unblockPerson } = this.parts;
    const now = clock.now();
    const ended = await database.transaction(async (stores) => {
      const { blocks, cases, recipes, operatorActs } = stores;
      const found = await cases.find(id);
      const possible: readonly Decision[] = found === null ? [] : decisionsOf[found.kind];
      if (found === null || !possible.includes(decision))
        throw new DomainError({ code: 'not_found', what: 'case' });
      const decided =
        decision === 'unblock'
          ? await unblockPerson.within(stores, { user: found.person, why: null }, { admin })
          : await cases.decide(id, decision, now);
      if (decided === null)
        throw new DomainError({ code: 'wrong_state', what: 'case', status: 'decided', wanted: decision });
      const { kind, person, subject, category } = decided;
      if (decision !== 'keep' && kind === 'recipe' && subject !== null) await recipes.hide(subject, now);
      await operatorActs.write({
        ...{ at: now, admin, act: 'case-decide', subject: person, why: null },
        details: { about: kind, decision, category },
      });
      if (decision === 'block' && (await blocks.find(person)) === null)
        await blockPerson.within(stores, { user: person, why: category }, { admin });
      return decided;
    });
    if (decision === 'block') await blockPerson.endSubscriptions(ended.person);
    return ended;
  }
}

import { IsString, IsUUID, Length } from 'class-validator';
import { DomainError } from '../../../domain/errors.js';
import type { Operator } from '../../../domain/operator/act.js';
import { type Case, type Decision, decisions, decisionsOf } from '../../../domain/operator/case.js';
import { checkedInput, IsOneOf, MayBeAbsent, type Sent } from '../../input/input-validation.js';
import type { Needs } from '../../ports/needs.js';
import type { Stores } from '../../ports/stores/stores.js';
import type { BlockPerson } from '../people/block-person.js';
import type { UnblockPerson } from '../people/unblock-person.js';
import { decidedCase } from './decided-case.js';

const reason = { context: { allowed: '1-200 characters' } };

export class CaseDecision {
  @IsUUID() case!: string;
  @IsOneOf(decisions) decision!: Decision;
  /** In the operator's own words; of a block it is what is kept beside it. */
  @MayBeAbsent() @IsString() @Length(1, 200, reason) why?: string;
}

type Touched = 'blocks' | 'cases' | 'operatorActs' | 'recipes';
type Parts = Needs<Touched, 'clock'> & {
  readonly blockPerson: Pick<BlockPerson, 'within' | 'endSubscriptions'>;
  readonly unblockPerson: Pick<UnblockPerson, 'within'>;
};
interface By {
  readonly admin: Operator;
}

/** An operator's word on what waits. */
export class DecideCase {
  constructor(private readonly parts: Parts) {}

  /**
   * Returns the case, to tell those whom it is about.
   * @throws DomainError `not_found`, also for a decision of another kind of case; `decided_before`
   */
  async execute(given: Sent<CaseDecision>, by: By): Promise<Case> {
    const decided = await this.parts.database.transaction((stores) => this.within(stores, given, by));
    await this.finish(decided);
    return decided;
  }

  /** The same in somebody's transaction, who finishes it after that. */
  async within(stores: Pick<Stores, Touched>, given: Sent<CaseDecision>, { admin }: By): Promise<Case> {
    const { case: id, decision, why = null } = checkedInput(CaseDecision, given);
    const { clock, blockPerson, unblockPerson } = this.parts;
    const { blocks, cases, recipes, operatorActs } = stores;
    const now = clock.now();
    const found = await cases.find(id);
    const possible: readonly Decision[] = found === null ? [] : decisionsOf[found.kind];
    if (found === null || !possible.includes(decision))
      throw new DomainError({ code: 'not_found', what: 'case' });
    const decided = await cases.decide(id, decision, now);
    if (decided === null) throw await decidedCase(stores, id);
    if (decision === 'unblock') await unblockPerson.within(stores, { user: found.person, why }, { admin });
    const { kind, person, subject, category } = decided;
    if (decision !== 'keep' && kind === 'recipe' && subject !== null) await recipes.hide(subject, now);
    await operatorActs.write({
      ...{ at: now, admin, act: 'case-decide', subject: person, why },
      details: { about: kind, decision, category },
    });
    if (decision === 'block' && (await blocks.find(person)) === null)
      await blockPerson.within(stores, { user: person, why: why ?? category, at: now }, { admin });
    return decided;
  }

  async finish({ decision, person }: Case): Promise<void> {
    if (decision === 'block') await this.parts.blockPerson.endSubscriptions(person);
  }
}

import { DomainError } from '../../domain/errors.js';
import type { Generation } from '../../domain/generation/generation.js';
import { heldFor } from '../../domain/generation/generation.js';
import { replayed } from '../../domain/generation/generation-transitions.js';
import type { GenerationId } from '../../domain/ids.js';
import type { Operator } from '../../domain/operator/act.js';
import { writeTransition } from '../jobs/job-kind.js';
import type { Needs } from '../ports/needs.js';
import type { Stores } from '../ports/stores/stores.js';
import { generationKind } from './generation-kind.js';

type Touched = 'generations' | 'jobs' | 'ledger' | 'operatorActs';

/** The operator has a dead job started over, with a hold of its own. */
export class ReplayGeneration {
  constructor(private readonly parts: Needs<Touched, 'clock'>) {}

  execute(id: GenerationId, by: { readonly admin: Operator }): Promise<Generation> {
    return this.parts.database.transaction((stores) => this.within(stores, id, by));
  }

  /**
   * The same as a part of something larger.
   * @throws DomainError `not_found`, `wrong_state` unless it failed or was blocked, `insufficient_credits`.
   */
  async within(
    stores: Pick<Stores, Touched>,
    id: GenerationId,
    { admin }: { readonly admin: Operator },
  ): Promise<Generation> {
    const now = this.parts.clock.now();
    const state = await stores.generations.lock(id);
    if (state === null) throw new DomainError({ code: 'not_found', what: 'generation' });
    const transition = replayed(state);
    await writeTransition(generationKind, stores, state, transition, { now });
    const details = { job: { kind: 'generation', id }, credits: heldFor(transition.next) } as const;
    await stores.operatorActs.write({
      ...{ at: now, admin, act: 'job-replay', subject: state.owner, why: null, details },
    });
    return transition.next;
  }
}

import { DomainError } from '../../../domain/errors.js';
import type { UserId } from '../../../domain/ids.js';
import type { Operator } from '../../../domain/operator/act.js';
import type { Case } from '../../../domain/operator/case.js';
import type { Needs } from '../../ports/needs.js';
import type { Stores } from '../../ports/stores/stores.js';
import { decidedBefore } from '../decided-before.js';

type Touched = 'blocks' | 'cases' | 'operatorActs';

interface Unblocking {
  readonly user: UserId;
  readonly why: string | null;
}

/** Lets somebody in again, and so answers their appeal if one waits. */
export class UnblockPerson {
  constructor(private readonly parts: Needs<Touched, 'clock'>) {}

  /** Returns the appeal, to tell them. @throws DomainError `decided_before`; `wrong_state` when they never were blocked */
  execute(unblocking: Unblocking, by: { readonly admin: Operator }): Promise<Case | null> {
    return this.parts.database.transaction((stores) => this.within(stores, unblocking, by));
  }

  /** The same in somebody's transaction. */
  async within(
    { blocks, cases, operatorActs }: Pick<Stores, Touched>,
    { user, why }: Unblocking,
    { admin }: { readonly admin: Operator },
  ): Promise<Case | null> {
    const at = this.parts.clock.now();
    if (!(await blocks.unblock(user)))
      throw decidedBefore(
        await operatorActs.about(user),
        ({ act }) => act === 'unblock',
        new DomainError({ code: 'wrong_state', what: 'person', status: 'free', wanted: 'unblocked' }),
      );
    await operatorActs.write({ at, admin, act: 'unblock', subject: user, why, details: {} });
    const waits = (await cases.concerning(user)).find(
      ({ kind, decision }) => kind === 'appeal' && decision === null,
    );
    return waits === undefined ? null : cases.decide(waits.id, 'unblock', at);
  }
}

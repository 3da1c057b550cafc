import { DomainError } from '../../../domain/errors.js';
import type { UserId } from '../../../domain/ids.js';
import type { Operator } from '../../../domain/operator/act.js';
import type { Needs } from '../../ports/needs.js';

/** Lets somebody in again. */
export class UnblockPerson {
  constructor(private readonly parts: Needs<'blocks' | 'operatorActs', 'clock'>) {}

  /** @throws DomainError `wrong_state` when they are not blocked */
  async execute(
    { user, why }: { readonly user: UserId; readonly why: string | null },
    { admin }: { readonly admin: Operator },
  ): Promise<void> {
    const { database, clock } = this.parts;
    const at = clock.now();
    await database.transaction(async ({ blocks, operatorActs }) => {
      if (!(await blocks.unblock(user)))
        throw new DomainError({ code: 'wrong_state', what: 'person', status: 'free', wanted: 'unblocked' });
      await operatorActs.write({ at, admin, act: 'unblock', subject: user, why, details: {} });
    });
  }
}

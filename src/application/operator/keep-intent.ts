import { DomainError } from '../../domain/errors.js';
import type { Operator } from '../../domain/operator/act.js';
import { type IntendedAct, stillValid } from '../../domain/operator/intent.js';
import type { Needs } from '../ports/needs.js';

/** Keeps what an operator is about to be asked; see `redeemIntent` for what confirming does. */
export class KeepIntent {
  constructor(private readonly parts: Needs<'operatorIntents', 'clock' | 'ids'>) {}

  /**
   * Returns the id that the confirming button names.
   * @param instead the question that it takes the place of: that one can be confirmed no more
   * @throws DomainError `intent_over` when that one was confirmed meanwhile
   */
  async execute(
    act: IntendedAct,
    { admin, instead }: { readonly admin: Operator; readonly instead?: string | undefined },
  ): Promise<string> {
    const { database, clock, ids } = this.parts;
    const id = ids.uuid();
    const madeAt = clock.now();
    await database.transaction(async (stores) => {
      if (
        instead !== undefined &&
        (await stores.operatorIntents.take({ id: instead, admin }, stillValid(madeAt), madeAt)) === null
      )
        throw new DomainError({ code: 'intent_over' });
      await stores.operatorIntents.keep({ id, admin, act, madeAt });
    });
    return id;
  }
}

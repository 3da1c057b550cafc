import type { Operator } from '../../domain/operator/act.js';
import type { IntendedAct } from '../../domain/operator/intent.js';
import type { Needs } from '../ports/needs.js';

/** Keeps what an operator is about to be asked; see `redeemIntent` for what confirming does. */
export class KeepIntent {
  constructor(private readonly parts: Needs<'operatorIntents', 'clock' | 'ids'>) {}

  /** Returns the id that the confirming button names. */
  async execute(act: IntendedAct, { admin }: { readonly admin: Operator }): Promise<string> {
    const { database, clock, ids } = this.parts;
    const id = ids.uuid();
    await database.stores.operatorIntents.keep({ id, admin, act, madeAt: clock.now() });
    return id;
  }
}

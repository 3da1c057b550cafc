import { DomainError } from '../../../domain/errors.js';
import type { UserId } from '../../../domain/ids.js';
import type { Origin } from '../../../domain/origin.js';
import type { Needs } from '../../ports/needs.js';
import type { AccessSettings, BroadcastProgress } from '../../ports/stores/operator/broadcast-store.js';
import { redeemIntent } from '../redeem-intent.js';

interface Confirmed {
  readonly admin: UserId;
  /** Where they see from now on how far it is. */
  readonly card: Origin;
}

/** An operator confirms: everybody who can be reached now is written down, and workers begin. */
export class StartBroadcast {
  constructor(
    private readonly parts: Needs<'broadcasts' | 'operatorActs' | 'operatorIntents', 'clock' | 'ids'> & {
      readonly policy: AccessSettings;
    },
  ) {}

  /** @throws DomainError `intent_over` */
  async execute(intent: string, { admin, card }: Confirmed): Promise<BroadcastProgress> {
    const { database, clock, ids, policy } = this.parts;
    return database.transaction(async (stores) => {
      const createdAt = clock.now();
      const intended = await redeemIntent(stores, { id: intent, admin }, createdAt);
      if (intended.act !== 'broadcast') throw new DomainError({ code: 'intent_over' });
      const id = ids.uuid();
      const { message, translations = {} } = intended;
      const people = await stores.broadcasts.add(
        { id, admin, message, translations, card, createdAt },
        policy,
      );
      const details = { id, people };
      await stores.operatorActs.write({
        at: createdAt,
        admin,
        act: 'broadcast',
        subject: null,
        why: null,
        details,
      });
      const progress = await stores.broadcasts.find(id);
      if (progress === null) throw new Error(`broadcast ${id} vanished`);
      return progress;
    });
  }
}

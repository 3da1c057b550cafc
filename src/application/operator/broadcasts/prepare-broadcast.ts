import type { UserId } from '../../../domain/ids.js';
import type { Audience } from '../../../domain/operator/broadcast.js';
import type { Origin } from '../../../domain/origin.js';
import type { Needs } from '../../ports/needs.js';
import type { KeepIntent } from '../keep-intent.js';

type Parts = Needs<'broadcasts'> & { readonly keepIntent: KeepIntent };

/** Counts whom a message would reach, and keeps what its operator may confirm. */
export class PrepareBroadcast {
  constructor(private readonly parts: Parts) {}

  /** @returns the intent that a confirming button names; `null` when there is nobody to be reached */
  async execute(
    message: Origin,
    { admin }: { readonly admin: UserId },
  ): Promise<{ readonly audience: Audience; readonly intent: string | null }> {
    const { database, keepIntent } = this.parts;
    const audience = await database.stores.broadcasts.audience();
    if (audience.people === 0) return { audience, intent: null };
    const intent = await keepIntent.execute({ act: 'broadcast', message }, { admin });
    return { audience, intent };
  }
}

import type { UserId } from '../../../domain/ids.js';
import type { Needs } from '../../ports/needs.js';

/** Somebody has blocked the bot, or lets it in again. What they order is delivered, or tried, all the same. */
export class NoteReachable {
  constructor(private readonly parts: Needs<'broadcasts', 'clock'>) {}

  async execute(person: UserId, isReachable: boolean): Promise<void> {
    const { database, clock } = this.parts;
    await database.stores.broadcasts.setUnreachable(person, isReachable ? null : clock.now());
  }
}

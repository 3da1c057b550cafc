import { expect } from 'vitest';
import type { FakeClock } from '../../fakes/fake-clock.js';
import type { BotWorld } from './a-bot.js';

/** Photos that nobody has looked at yet. */
export async function unseenPhotos({ database, dependencies: { clock, token } }: BotWorld): Promise<number> {
  const later = new Date(clock.now().getTime() + 60_000);
  const times = { received: later, claimed: later };
  return (
    await database.stores.updates.unfinished(`telegram:${token.split(':')[0]}:photos`, times, {
      all: 20,
      each: 20,
    })
  ).length;
}

/**
 * Waits for so many photos, then lets them be looked at. An album is taken for complete when nothing more has come for
 * a moment, and on a busy machine more may come later; with a bot on this clock no moment passes until all are there.
 */
export async function whenArrived(bot: BotWorld, count: number, clock: FakeClock): Promise<void> {
  await expect.poll(() => unseenPhotos(bot), { interval: 5 }).toBe(count);
  clock.advance(1);
}

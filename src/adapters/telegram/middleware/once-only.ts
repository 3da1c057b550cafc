import type { MiddlewareFn } from 'grammy';
import { secondsAfter } from '../../../application/policy.js';
import type { BotContext } from '../bot-context.js';
import type { TelegramDependencies } from '../telegram-dependencies.js';

/**
 * Longer than any handler takes: whoever holds an update for longer than this is dead. What a worker held is free as
 * soon as its death is noticed; this is for a process that only talks, and for one that hangs.
 */
export const abandonedAfterSeconds = 60;

/**
 * An update that was dealt with is not dealt with again, however often and on however many machines it arrives. One
 * that could not be dealt with goes back and is tried again.
 */
export const onceOnly =
  ({ database, clock, log, workerId }: TelegramDependencies, source: string): MiddlewareFn<BotContext> =>
  async (context, next) => {
    const { updates } = database.stores;
    const now = clock.now();
    const id = context.update.update_id;
    const by = { owner: workerId, at: now };
    if (!(await updates.claim(source, id, by, secondsAfter(now, -abandonedAfterSeconds)))) return;
    try {
      await next();
    } catch (error) {
      log.warn('an update could not be dealt with; it is tried again', { update: id, error });
      return updates.giveBack(source, id);
    }
    await updates.finish(source, id);
  };

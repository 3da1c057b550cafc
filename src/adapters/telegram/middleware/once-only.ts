import type { MiddlewareFn } from 'grammy';
import { secondsAfter } from '../../../application/policy.js';
import type { BotContext } from '../bot-context.js';
import type { TelegramDependencies } from '../telegram-dependencies.js';

/** Longer than any handler takes: whoever holds an update for longer than this is dead. */
const abandonedAfterSeconds = 60;

/** An update that was dealt with is not dealt with again, however often and on however many machines it arrives. */
export const onceOnly =
  ({ database, clock }: TelegramDependencies, source: string): MiddlewareFn<BotContext> =>
  async (context, next) => {
    const { updates } = database.stores;
    const now = clock.now();
    const id = context.update.update_id;
    if (!(await updates.claim(source, id, now, secondsAfter(now, -abandonedAfterSeconds)))) return;
    try {
      await next();
    } finally {
      await updates.finish(source, id);
    }
  };

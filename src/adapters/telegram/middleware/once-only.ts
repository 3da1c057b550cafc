import type { MiddlewareFn } from 'grammy';
import { secondsAfter } from '../../../domain/time.js';
import type { BotContext } from '../bot-context.js';
import type { TelegramDependencies } from '../telegram-dependencies.js';
import { troubleOf } from '../telegram-errors.js';

/**
 * Longer than any handler takes: a process that has an update for longer than this counts as dead. Updates of a dead
 * worker are free as soon as its death is noticed; this is for processes without the worker role, and for one that hangs.
 */
export const abandonedAfterSeconds = 60;

/**
 * Handles each update once, however often and on however many machines it arrives. One that could not be handled is
 * given back and tried again.
 */
export const onceOnly = (
  { database, clock, log, workerId }: Pick<TelegramDependencies, 'database' | 'clock' | 'log' | 'workerId'>,
  source: string,
  retryMilliseconds = 1000,
): MiddlewareFn<BotContext> => {
  const { updates } = database.stores;
  /** What stopped the update (a database without writes) may also stop giving it back; then it waits a minute. */
  const giveBack = async (id: number, cause: unknown, tries = 1): Promise<void> => {
    try {
      // Telegram may be away for hours: such tries do not count.
      const isOurs = troubleOf(cause)?.kind !== 'delayed';
      await updates.giveBack(source, id, { error: String(cause), isOurs });
    } catch (error) {
      // By then it counts as abandoned anyway.
      if (tries === abandonedAfterSeconds) throw error;
      setTimeout(() => void giveBack(id, cause, tries + 1).catch(tell(id)), retryMilliseconds).unref();
    }
  };
  const tell = (update: number) => (error: unknown) =>
    log.warn('an update could not be given back; it is tried again in a minute', { update, error });
  return async (context, next) => {
    const now = clock.now();
    const id = context.update.update_id;
    const by = { owner: workerId, at: now };
    if (!(await updates.claim(source, id, by, secondsAfter(now, -abandonedAfterSeconds)))) {
      log.info('an update is skipped: it was dealt with before, or somebody is at it', { update: id });
      return;
    }
    try {
      await next();
    } catch (error) {
      log.warn('an update could not be dealt with; it is tried again', { update: id, error });
      return giveBack(id, error);
    }
    await updates.finish(source, id);
  };
};

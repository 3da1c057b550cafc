import type { MiddlewareFn } from 'grammy';
import type { BotContext } from '../bot-context.js';
import type { BotServices } from '../bot-services.js';
import { abandonedAfterSeconds } from '../reception/held-updates.js';
import { troubleOf } from '../telegram-errors.js';

/**
 * Handles each update once, however often and on however many machines it arrives. One that could not be handled is
 * given back and tried again.
 */
export const onceOnly = (
  { database, log, held }: Pick<BotServices, 'database' | 'log' | 'held'>,
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
    const id = context.update.update_id;
    if (!(await held.claim(id))) {
      log.info('an update is skipped: it was dealt with before, or somebody is at it', { update: id });
      return;
    }
    try {
      await next();
    } catch (error) {
      log.warn('an update could not be dealt with; it is tried again', { update: id, error });
      return giveBack(id, error);
    }
    held.finish(id);
  };
};

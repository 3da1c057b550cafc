import type { Bot } from 'grammy';
import type { Update } from 'grammy/types';
import { secondsAfter } from '../../application/policy.js';
import type { BotContext } from './bot-context.js';
import { abandonedAfterSeconds } from './middleware/once-only.js';
import type { TelegramDependencies } from './telegram-dependencies.js';

/** Telegram sends an update again for a day at most. */
const keptSeconds = 3 * 86_400;
/** Who has just received one deals with it. */
const graceSeconds = 3;
const atOnce = 50;

/** Updates are kept before Telegram hears that we have them, so that none is lost with the process that took it. */
export class Inbox {
  constructor(
    private readonly bot: Bot<BotContext>,
    private readonly source: string,
    private readonly dependencies: Pick<TelegramDependencies, 'database' | 'clock'>,
  ) {}

  keep(updates: readonly Update[]): Promise<void> {
    const { database, clock } = this.dependencies;
    return database.stores.updates.keep(
      this.source,
      updates.map((update) => ({ id: update.update_id, body: update })),
      clock.now(),
    );
  }

  /** Deals with those that nobody deals with: their process died, or could not. */
  async takeUp(): Promise<void> {
    const { database, clock } = this.dependencies;
    const now = clock.now();
    const before = {
      received: secondsAfter(now, -graceSeconds),
      claimed: secondsAfter(now, -abandonedAfterSeconds),
    };
    const left = await database.stores.updates.unfinished(this.source, before, atOnce);
    // What was kept is what Telegram sent.
    await Promise.all(left.map(({ body }) => this.bot.handleUpdate(body as Update)));
  }

  async forget(): Promise<void> {
    const { database, clock } = this.dependencies;
    await database.stores.updates.forget(secondsAfter(clock.now(), -keptSeconds));
  }
}

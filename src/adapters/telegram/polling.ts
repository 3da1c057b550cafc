import { setTimeout as sleep } from 'node:timers/promises';
import {
  createConcurrentSink,
  createRunner,
  createSource,
  createUpdateFetcher,
  type RunnerHandle,
} from '@grammyjs/runner';
import { type Bot, type BotError, GrammyError } from 'grammy';
import type { Update } from 'grammy/types';
import type { Logger } from '../../application/ports/logger.js';
import type { BotContext } from './bot-context.js';

export const wantedUpdates = ['message', 'edited_message', 'callback_query', 'inline_query'] as const;

/** Fetches updates by long polling, until it is stopped or finds that somebody else does. */
export class Polling {
  private runner: RunnerHandle | null = null;
  /** Why no more updates come; `null` while they do. */
  complaint: string | null = null;

  constructor(
    private readonly bot: Bot<BotContext>,
    private readonly keep: (updates: readonly Update[]) => Promise<readonly Update[]>,
    /** Returns at once. */
    private readonly deal: (update: Update) => void,
    private readonly log: Logger,
  ) {}

  async start(): Promise<void> {
    await this.bot.api.deleteWebhook();
    const fetchUpdates = createUpdateFetcher(this.bot, {
      fetch: { timeout: 30, allowed_updates: wantedUpdates },
      // The runner's own backoff has no limit but hours.
      retryInterval: 1000,
      silent: true,
    });
    const source = createSource({
      // The next question acknowledges these: until they are kept it is not asked.
      supply: async (batchSize, signal) => {
        const updates = await fetchUpdates(batchSize, signal);
        return [...(await this.keepAll(updates, signal))];
      },
    });
    const sink = createConcurrentSink<Update, BotError<BotContext>>(
      { consume: async (update) => this.deal(update) },
      async (error) => this.log.error('an update could not be dealt with', { error }),
    );
    this.runner = createRunner(source, sink);
    this.runner.start();
    this.runner.task()?.catch((error: unknown) => this.ended(error));
  }

  async stop(): Promise<void> {
    const { runner } = this;
    this.runner = null;
    if (runner === null) return;
    await runner.stop();
    // What was fetched is seen through: Telegram would not send it again.
    while (runner.size() > 0) await new Promise((resolve) => setTimeout(resolve, 10));
  }

  private async keepAll(
    updates: readonly Update[],
    signal: { readonly aborted: boolean },
  ): Promise<readonly Update[]> {
    while (!signal.aborted) {
      try {
        return await this.keep(updates);
      } catch (error) {
        this.log.warn('updates could not be kept; none is fetched until they are', { error });
        await sleep(500);
      }
    }
    // Never kept and never acknowledged: Telegram sends them again.
    return [];
  }

  private ended(error: unknown): void {
    const isConflict = error instanceof GrammyError && error.error_code === 409;
    this.complaint = isConflict
      ? 'another program fetches the updates of this bot: only one may'
      : 'Telegram refuses the bot token';
    this.log.error(
      isConflict
        ? 'another one is running with this bot token; this one takes no more messages. Stop the other one and start again'
        : 'no more updates can be fetched',
      { error },
    );
  }
}

import { type RunnerHandle, run } from '@grammyjs/runner';
import { type Bot, GrammyError } from 'grammy';
import type { Logger } from '../../application/ports/logger.js';
import type { BotContext } from './bot-context.js';

export const wantedUpdates = ['message', 'callback_query', 'inline_query'] as const;

/** Fetches updates by long polling, until it is stopped or finds that somebody else does. */
export class Polling {
  private runner: RunnerHandle | null = null;
  /** Why no more updates come; `null` while they do. */
  complaint: string | null = null;

  constructor(
    private readonly bot: Bot<BotContext>,
    private readonly log: Logger,
  ) {}

  async start(): Promise<void> {
    await this.bot.api.deleteWebhook();
    this.runner = run(this.bot, {
      runner: {
        fetch: { timeout: 30, allowed_updates: wantedUpdates },
        // The runner's own backoff has no limit but hours.
        retryInterval: 1000,
        silent: true,
      },
    });
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

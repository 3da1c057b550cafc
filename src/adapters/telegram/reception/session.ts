import { type Bot, GrammyError } from 'grammy';
import type { Logger } from '../../../application/ports/logger.js';
import { apiSignal } from '../api-signal.js';
import type { BotContext } from '../bot-context.js';
import type { Timing } from '../timing.js';
import type { Polling } from './polling.js';
import type { Reception } from './reception.js';
import { wantedUpdates } from './update-fetcher.js';

/** How often we look whether our webhook is still set. */
const lookMilliseconds = 60_000;
const menuPauses = [5, 10, 20, 40] as const;

interface SessionParts {
  readonly bot: Bot<BotContext>;
  readonly announce: () => Promise<void>;
  readonly polling: Polling;
  /** `null`: updates are fetched. */
  readonly webhook: { readonly url: string; readonly secret: string } | null;
  readonly reception: Reception;
  readonly timing: Timing;
  readonly log: Logger;
}

/** Introduces the bot to Telegram and then takes updates. Nothing that Telegram answers ends it: it asks again. */
export class Session {
  private readonly ending = new AbortController();
  private running: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: SessionParts) {}

  /** All happens in the background: what else this process does need not wait for Telegram. */
  start(): void {
    this.parts.reception.goesOn();
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.ending.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { bot, polling, webhook } = this.parts;
    const { signal } = this.ending;
    await this.insist(async () => {
      bot.botInfo = await bot.api.getMe(apiSignal(signal));
    });
    const menu = this.showMenu();
    if (webhook === null) {
      await this.insist(() => bot.api.deleteWebhook({}, apiSignal(signal)));
      await polling.run(signal);
    } else {
      await this.insist(() => this.setWebhook(webhook));
      await this.watch(webhook);
    }
    await menu;
  }

  private async insist(call: () => Promise<unknown>): Promise<void> {
    const { reception, timing } = this.parts;
    const { signal } = this.ending;
    while (!signal.aborted) {
      try {
        await call();
        return reception.heard();
      } catch (error) {
        if (!signal.aborted) await timing.sleep(reception.trouble(error), signal);
      }
    }
  }

  private setWebhook({ url, secret }: { url: string; secret: string }): Promise<true> {
    const settings = { secret_token: secret, allowed_updates: wantedUpdates };
    return this.parts.bot.api.setWebhook(url, settings, apiSignal(this.ending.signal));
  }

  /** Whoever starts the same bot without `PUBLIC_URL` takes our webhook away, and nobody would tell us. */
  private async watch(webhook: { url: string; secret: string }): Promise<void> {
    const { bot, reception, timing, log } = this.parts;
    const { signal } = this.ending;
    while (!signal.aborted) {
      reception.goesOn(lookMilliseconds);
      await timing.sleep(lookMilliseconds, signal);
      if (signal.aborted) return;
      await this.insist(async () => {
        const info = await bot.api.getWebhookInfo(apiSignal(signal));
        if (info.url === webhook.url) return;
        log.error('another program has changed the webhook of this bot; it is set again');
        await this.setWebhook(webhook);
      });
    }
  }

  /** Nothing waits for this: the menu of an earlier start is still there. */
  private async showMenu(): Promise<void> {
    const { announce, timing, log } = this.parts;
    const { signal } = this.ending;
    for (let attempt = 0; !signal.aborted; attempt += 1) {
      try {
        return await announce();
      } catch (error) {
        if (signal.aborted) return;
        log.warn('Telegram did not take the menu of commands', { error });
        if (error instanceof GrammyError && error.error_code === 400) return;
        const seconds = menuPauses[Math.min(attempt, menuPauses.length - 1)] ?? menuPauses[0];
        await timing.sleep(seconds * 1000, signal);
      }
    }
  }
}

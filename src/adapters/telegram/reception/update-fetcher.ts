import type { Api } from 'grammy';
import type { Update } from 'grammy/types';
import { apiSignal } from '../api-signal.js';
import type { Timing } from '../timing.js';
import { isWebhookActive, type Reception } from './reception.js';

/**
 * All kinds of updates that the bot answers. It is sent with every request: Telegram remembers the last list, and
 * never sends what is not on it.
 */
export const wantedUpdates = [
  'message',
  'edited_message',
  'callback_query',
  'inline_query',
  'stopped_message_generation',
  // Without it no checkout is answered, and nobody can pay.
  'pre_checkout_query',
  // What becomes of a subscription: cancelled by its person, or not paid.
  'subscription',
  // Who blocks the bot, and who lets it in again.
  'my_chat_member',
] as const;

/** Seconds that a request may stay open; fewer after a failure, to know soon whether it is over. */
const longPoll = 30;
const shortPoll = 5;
/** A Bot API that answers with nothing at once, instead of waiting, is asked no more often than this. Milliseconds. */
const leastRound = 1000;

/** Asks Telegram for updates, whatever it answers, until it is told to stop. */
export class UpdateFetcher {
  private offset = 0;

  constructor(
    private readonly api: Api,
    private readonly reception: Reception,
    private readonly timing: Timing,
  ) {}

  /** The next updates; asking acknowledges the ones before. Also empty when the signal ends it. */
  async next(signal: AbortSignal): Promise<Update[]> {
    const asked = this.timing.milliseconds();
    try {
      const updates = await this.ask(signal);
      this.reception.heard();
      const last = updates.at(-1);
      if (last !== undefined) this.offset = last.update_id + 1;
      else await this.timing.sleep(Math.max(0, asked + leastRound - this.timing.milliseconds()), signal);
      return updates;
    } catch (error) {
      if (signal.aborted) return [];
      await this.timing.sleep(this.reception.trouble(error), signal);
      if (isWebhookActive(error)) await this.takeWebhookAway(signal);
      return [];
    }
  }

  private ask(signal: AbortSignal): Promise<Update[]> {
    const timeout = this.reception.isWell ? longPoll : shortPoll;
    const { offset } = this;
    return this.api.getUpdates(
      { offset, limit: 100, timeout, allowed_updates: wantedUpdates },
      apiSignal(signal),
    );
  }

  /** As at the start: this program is set up to fetch. */
  private async takeWebhookAway(signal: AbortSignal): Promise<void> {
    try {
      await this.api.deleteWebhook({}, apiSignal(signal));
    } catch (error) {
      if (!signal.aborted) this.reception.trouble(error);
    }
  }
}

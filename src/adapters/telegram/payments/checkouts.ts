import type { Api } from 'grammy';
import type { PreCheckoutQuery, Update } from 'grammy/types';
import type { CheckCheckout } from '../../../application/payments/check-checkout.js';
import type { Logger } from '../../../application/ports/logger.js';
import type { WayInDatabase } from '../../../application/ports/stores/way-in-database.js';
import { DomainError } from '../../../domain/errors.js';
import { userId } from '../../../domain/ids.js';
import type { Background } from '../background.js';
import { troubleOf } from '../telegram-errors.js';
import type { Timing } from '../timing.js';
import { refusalText } from '../wording/refusal-texts.js';
import { type Language, languageOf, type Translator } from '../wording/translator.js';

/** Telegram gives up after ten seconds, some of which the way here and back take. Milliseconds. */
const patience = 8000;
/** Before the same answer is given once more, when Telegram could not be reached. */
const pauseSeconds = 0.3;

interface CheckoutParts {
  readonly api: Api;
  readonly checkCheckout: CheckCheckout;
  readonly database: WayInDatabase;
  readonly background: Background;
  readonly timing: Timing;
  readonly log: Logger;
  readonly textsIn: (language: Language) => Translator;
}

/**
 * Answers pre-checkout queries at once, before any queue: after ten seconds Telegram gives up, and the person cannot
 * pay. They are not kept: nobody has paid yet, and an answer after a restart would come too late.
 */
export class Checkouts {
  constructor(private readonly parts: CheckoutParts) {}

  /** Begins with those among them, and returns the others. */
  take(updates: readonly Update[]): readonly Update[] {
    for (const { pre_checkout_query: query } of updates)
      if (query !== undefined)
        this.parts.background.start('a checkout', (signal) => this.answer(query, signal));
    return updates.filter((update) => update.pre_checkout_query === undefined);
  }

  private async answer(query: PreCheckoutQuery, signal: AbortSignal): Promise<void> {
    const { api, timing, log } = this.parts;
    const until = timing.milliseconds() + patience;
    const refused = await this.refusal(query);
    const answer = () =>
      refused === null
        ? api.answerPreCheckoutQuery(query.id, true)
        : api.answerPreCheckoutQuery(query.id, false, { error_message: refused });
    for (;;)
      try {
        return void (await answer());
      } catch (error) {
        const trouble = troubleOf(error);
        const wait = trouble?.kind === 'delayed' ? (trouble.retryAfter ?? pauseSeconds) * 1000 : patience;
        if (signal.aborted || timing.milliseconds() + wait > until)
          return log.warn('a checkout could not be answered; the person can try again', { error });
        await timing.sleep(wait, signal);
      }
  }

  /** In the person's language; `null`: the payment may go on. */
  private async refusal(query: PreCheckoutQuery): Promise<string | null> {
    const { checkCheckout, log } = this.parts;
    const { from, invoice_payload: payload, currency, total_amount: amount } = query;
    try {
      await checkCheckout.execute({ payer: userId(String(from.id)), payload, currency, amount });
      return null;
    } catch (error) {
      const texts = await this.textsFor(query);
      if (error instanceof DomainError) return refusalText(error.refusal, texts).text;
      log.error('a checkout could not be looked at, and was refused', { error });
      return texts.html('went-wrong').text;
    }
  }

  private async textsFor({ from }: PreCheckoutQuery): Promise<Translator> {
    const { database, textsIn } = this.parts;
    const chosen = await database.stores.preferences
      .of(userId(String(from.id)))
      .then(({ language }) => language)
      // What was asked before has failed already, and is logged: the app's language will do.
      .catch(() => null);
    return textsIn(languageOf(chosen, from.language_code));
  }
}

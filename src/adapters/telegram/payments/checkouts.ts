import type { Api } from 'grammy';
import type { PreCheckoutQuery, Update } from 'grammy/types';
import type { CheckCheckout } from '../../../application/payments/check-checkout.js';
import type { Logger } from '../../../application/ports/logger.js';
import type { WayInDatabase } from '../../../application/ports/stores/way-in-database.js';
import { DomainError } from '../../../domain/errors.js';
import { userId } from '../../../domain/ids.js';
import type { Background } from '../background.js';
import { refusalText } from '../wording/refusal-texts.js';
import { type Language, languageOf, type Translator } from '../wording/translator.js';

interface CheckoutParts {
  readonly api: Api;
  readonly checkCheckout: CheckCheckout;
  readonly database: WayInDatabase;
  readonly background: Background;
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
      if (query !== undefined) this.parts.background.start('a checkout', () => this.answer(query));
    return updates.filter((update) => update.pre_checkout_query === undefined);
  }

  private async answer(query: PreCheckoutQuery): Promise<void> {
    const { api, log } = this.parts;
    const refused = await this.refusal(query);
    try {
      if (refused === null) await api.answerPreCheckoutQuery(query.id, true);
      else await api.answerPreCheckoutQuery(query.id, false, { error_message: refused });
    } catch (error) {
      log.warn('a checkout could not be answered; the person can try again', { error });
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

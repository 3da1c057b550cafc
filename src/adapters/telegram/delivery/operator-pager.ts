import type { Api } from 'grammy';
import type { Logger } from '../../../application/ports/logger.js';
import type { Alert, AlertChannel } from '../../../application/ports/operator/alert-channel.js';
import type { WayInDatabase } from '../../../application/ports/stores/way-in-database.js';
import type { UserId } from '../../../domain/ids.js';
import { apiSignal } from '../api-signal.js';
import { casesButton } from '../buttons/admin-buttons.js';
import { troublesButton } from '../buttons/trouble-buttons.js';
import { asMessage } from '../replies.js';
import { troubleOf } from '../telegram-errors.js';
import { type Language, languageOf, type Translator } from '../wording/translator.js';
import { alertText } from '../wording/trouble-texts.js';

interface Parts {
  readonly api: Api;
  readonly database: WayInDatabase;
  readonly textsIn: (language: Language) => Translator;
  readonly log: Logger;
}

/** Tells one operator of troubles, and of what waits for their word, in their own chat, with a button to where they can do something about them. */
export class OperatorPager implements AlertChannel {
  constructor(
    private readonly operator: UserId,
    private readonly parts: Parts,
  ) {}

  async send(alert: Alert, stopped: AbortSignal): Promise<void> {
    const { api, database, textsIn, log } = this.parts;
    const isCase = alert.trouble.kind === 'case_waits';
    // Over is one when an operator has decided: nobody need be told.
    if (isCase && alert.event === 'cleared') return;
    const { users, preferences } = database.stores;
    const [user, { language }] = await Promise.all([
      users.find(this.operator),
      preferences.of(this.operator),
    ]);
    const texts = textsIn(languageOf(language, user?.language));
    const text = alertText(alert, texts);
    const button = isCase
      ? casesButton.button(texts.plain('button-cases'), { skip: 0 })
      : troublesButton.button(texts.plain('button-trouble'), {});
    const keyboard = alert.event === 'begun' ? [[button]] : [];
    try {
      await api.sendMessage(Number(this.operator), text.source, asMessage(keyboard), apiSignal(stopped));
    } catch (error) {
      if (troubleOf(error)?.kind !== 'unreachable') throw error;
      // They have no chat with the bot, or left it: nobody is there to be told.
      log.info('an operator could not be told of a trouble: there is no chat', { person: this.operator });
    }
  }
}

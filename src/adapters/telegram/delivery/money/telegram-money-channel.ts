import type { Api } from 'grammy';
import type { MoneyChannel, MoneyNotification } from '../../../../application/ports/money/money-channel.js';
import type { DeliveryReport } from '../../../../application/ports/transport.js';
import type { UserId } from '../../../../domain/ids.js';
import { asMessage } from '../../replies.js';
import type { TelegramDependencies } from '../../telegram-dependencies.js';
import { delivering } from '../../telegram-errors.js';
import { type Language, languageOf, type Translator } from '../../wording/translator.js';
import { moneyScreen } from './money-texts.js';

interface Parts extends Pick<TelegramDependencies, 'database' | 'sales' | 'supportContact'> {
  readonly api: Api;
  readonly textsIn: (language: Language) => Translator;
}

/** Tells people of their money in their own chat: an invoice may have been paid anywhere. */
export class TelegramMoneyChannel implements MoneyChannel {
  constructor(private readonly parts: Parts) {}

  async tell(user: UserId, notification: MoneyNotification): Promise<Pick<DeliveryReport, 'kind'>> {
    const { api, database } = this.parts;
    const { preferences, users } = database.stores;
    const [chosen, known] = await Promise.all([preferences.of(user), users.find(user)]);
    const texts = this.parts.textsIn(languageOf(chosen.language, known?.language ?? undefined));
    const { text, keyboard } = moneyScreen(notification, this.parts, texts);
    return delivering(() => api.sendMessage(Number(user), text.source, asMessage(keyboard)));
  }
}

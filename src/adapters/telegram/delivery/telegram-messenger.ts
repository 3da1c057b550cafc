import type { Api } from 'grammy';
import type { Messenger, ToldPerson } from '../../../application/ports/operator/messenger.js';
import type { WayInDatabase } from '../../../application/ports/stores/way-in-database.js';
import type { UserId } from '../../../domain/ids.js';
import { asMessage } from '../replies.js';
import { troubleOf } from '../telegram-errors.js';
import { shownContact } from '../wording/contact.js';
import { Html } from '../wording/html.js';
import { type Language, languageOf, type Translator } from '../wording/translator.js';

interface MessengerParts {
  readonly api: Api;
  readonly database: WayInDatabase;
  readonly supportContact: string | null;
  readonly textsIn: (language: Language) => Translator;
}

/** How a message of an operator's is named that is to be sent on. */
export const messageHandle = (chat: number, message: number): string => `${chat}:${message}`;

/** Hands on what operators write, as messages of the bot. */
export class TelegramMessenger implements Messenger {
  constructor(private readonly parts: MessengerParts) {}

  async tell(user: UserId, told: ToldPerson): Promise<'sent' | 'unreachable'> {
    const { api } = this.parts;
    const chat = Number(user);
    const heading = await this.heading(user);
    try {
      if ('text' in told) {
        const text = Html.join([heading, Html.of(told.text)], '\n\n');
        await api.sendMessage(chat, text.source, asMessage());
      } else {
        const [from, message] = told.message.split(':').map(Number);
        await api.sendMessage(chat, heading.source, asMessage());
        await api.copyMessage(chat, from ?? 0, message ?? 0);
      }
      return 'sent';
    } catch (error) {
      if (troubleOf(error)?.kind === 'unreachable') return 'unreachable';
      throw error;
    }
  }

  /** Who writes, and where answers go: this chat takes none. */
  private async heading(user: UserId): Promise<Html> {
    const { database, supportContact, textsIn } = this.parts;
    const { preferences, users } = database.stores;
    const [chosen, known] = await Promise.all([preferences.of(user), users.find(user)]);
    const texts = textsIn(languageOf(chosen.language, known?.language));
    return supportContact === null
      ? texts.html('told-by-operator')
      : texts.html('told-by-operator-contact', { contact: shownContact(supportContact) });
  }
}

import type { PendingReply } from '../../../application/ports/stores/chat/pending-reply-store.js';
import { avatarId, type UserId } from '../../../domain/ids.js';
import type { BotContext } from '../bot-context.js';
import type { BotServices } from '../bot-services.js';
import * as buttons from '../buttons/question-buttons.js';
import { type Keyboard, say } from '../replies.js';
import type { Html } from '../wording/html.js';
import type { Translator } from '../wording/translator.js';
import { searchedText } from './gallery/filter-texts.js';

export type Question = Pick<PendingReply, 'kind' | 'subject'>;

/** What the bot has asked and still waits for: one question per person and chat, each with a button that ends it. */
export class Questions {
  constructor(private readonly services: Pick<BotServices, 'database' | 'clock'>) {}

  /** Asks in a message of its own. */
  async ask(context: BotContext, question: Question): Promise<void> {
    const { texts } = context.user;
    await this.expect(context, question);
    await say(context, await this.textOf(context, question), [leaveRow(question, texts)]);
  }

  /** From now on the next text of this person in this chat answers the question. */
  async expect(context: BotContext, question: Question): Promise<void> {
    const { pendingReplies } = this.services.database.stores;
    await pendingReplies.expect({ ...placeOf(context), ...question }, this.services.clock.now());
  }

  open(context: BotContext): Promise<PendingReply | null> {
    const { owner, chat } = placeOf(context);
    return this.services.database.stores.pendingReplies.find(owner, chat);
  }

  /** Ends this question, but not a newer one. */
  async end(context: BotContext, question: Question): Promise<void> {
    if ((await this.openAs(context, buttons.nameOfQuestion(question))) !== null) await this.clear(context);
  }

  /** Ends whatever question is open. False when there is none. */
  clear(context: BotContext): Promise<boolean> {
    const { owner, chat } = placeOf(context);
    return this.services.database.stores.pendingReplies.clear(owner, chat);
  }

  /** The open question, if it has that name. */
  async openAs(context: BotContext, name: string): Promise<PendingReply | null> {
    const open = await this.open(context);
    return open !== null && buttons.nameOfQuestion(open) === name ? open : null;
  }

  async textOf(context: BotContext, { kind, subject }: Question): Promise<Html> {
    const { id: owner, texts } = context.user;
    switch (kind) {
      case 'avatar-name': {
        const avatar = await this.services.database.stores.avatars.findOwned(owner, avatarId(subject));
        return texts.html('avatar-say-name', { name: avatar?.name ?? '' });
      }
      case 'lora-file':
        return texts.html('lora-say-trigger');
      case 'gallery-words': {
        const { avatars, galleryViews } = this.services.database.stores;
        const view = await galleryViews.findOwned(owner, subject);
        const where = searchedText(view?.filter ?? {}, await avatars.list(owner), texts);
        return texts.html('gallery-words-say', { where });
      }
      case 'gallery-page':
        return texts.html('gallery-page-say');
      case 'prompt':
      case 'rest-of-text':
        return texts.html('form-say-other');
      default:
        return kind satisfies never;
    }
  }
}

const placeOf = ({ user, chat }: BotContext): { owner: UserId; chat: string } => ({
  owner: user.id,
  chat: String(chat?.id ?? user.id),
});

/** The button that leaves the question. */
export function leaveRow(question: Question, texts: Translator): Keyboard[number] {
  const name = buttons.nameOfQuestion(question);
  return [buttons.leaveQuestionButton.button(texts.plain('button-leave-question'), { question: name })];
}

import type { PendingReply } from '../../../application/ports/stores/chat/pending-reply-store.js';
import { avatarId, type UserId } from '../../../domain/ids.js';
import type { BotContext } from '../bot-context.js';
import type { BotServices } from '../bot-services.js';
import * as buttons from '../buttons/question-buttons.js';
import { type Keyboard, say } from '../replies.js';
import type { Html } from '../wording/html.js';
import type { Translator } from '../wording/translator.js';
import { broadcastQuestionText } from './admin/broadcasts/broadcast-question.js';
import { operatorQuestionText } from './admin/operator-question.js';
import { searchedText } from './gallery/filter-texts.js';

export type Question = Pick<PendingReply, 'kind' | 'subject'>;

/** What the bot has asked and still waits for. Each question has a button that ends it. */
export class Questions {
  constructor(private readonly services: Pick<BotServices, 'database' | 'clock'>) {}

  /** Asks in a message of its own. */
  async ask(context: BotContext, question: Question): Promise<void> {
    const { texts } = context.user;
    await this.expect(context, question);
    await say(context, await this.textOf(context, question), [leaveRow(question, texts)]);
  }

  /** From now on the next text of this person in this chat answers it. Others of other kinds stay open beneath it. */
  async expect(context: BotContext, question: Question): Promise<void> {
    const { pendingReplies } = this.services.database.stores;
    await pendingReplies.expect({ ...placeOf(context), ...question }, this.services.clock.now());
  }

  /**
   * Everything that is asked of this person here, the newest first: a message asks until it was answered or left, whatever
   * else is asked meanwhile. Last of all avatars in the making that ask for a name.
   */
  async all(context: BotContext): Promise<PendingReply[]> {
    const { owner, chat } = placeOf(context);
    const [asked, unnamed] = await Promise.all([
      this.services.database.stores.pendingReplies.list(owner, chat),
      chat === owner ? this.unnamedDrafts(owner) : [],
    ]);
    const names = unnamed.filter(
      (subject) => !asked.some((reply) => reply.kind === 'avatar-name' && reply.subject === subject),
    );
    return [
      // Whoever is asked for an appeal may answer nothing else, and was let in again if they come here.
      ...asked.filter(({ kind }) => kind !== 'appeal'),
      ...names.map((subject): PendingReply => ({ owner, chat, kind: 'avatar-name', subject })),
    ];
  }

  /** What the next text answers. */
  async open(context: BotContext): Promise<PendingReply | null> {
    return (await this.all(context))[0] ?? null;
  }

  /** The open question of that name. */
  async openAs(context: BotContext, name: string): Promise<PendingReply | null> {
    return (await this.all(context)).find((each) => buttons.nameOfQuestion(each) === name) ?? null;
  }

  async openOf(context: BotContext, kind: PendingReply['kind']): Promise<PendingReply | null> {
    return (await this.all(context)).find((each) => each.kind === kind) ?? null;
  }

  /** Ends this question, but not a newer one of its kind. An avatar in the making asks until it has a name. */
  async end(context: BotContext, question: Question): Promise<void> {
    const { owner, chat } = placeOf(context);
    const { pendingReplies } = this.services.database.stores;
    const name = buttons.nameOfQuestion(question);
    const asked = await pendingReplies.list(owner, chat);
    if (asked.some((each) => buttons.nameOfQuestion(each) === name))
      await pendingReplies.clear(owner, chat, question.kind);
  }

  /** Ends the question for the words of this form, whichever message asks it. */
  async endOfForm(context: BotContext, form: string): Promise<void> {
    const { owner, chat } = placeOf(context);
    const open = await this.openOf(context, 'prompt');
    if (open?.subject.split(' ')[0] === form)
      await this.services.database.stores.pendingReplies.clear(owner, chat, 'prompt');
  }

  private async unnamedDrafts(owner: UserId): Promise<string[]> {
    const { avatarDrafts, avatars } = this.services.database.stores;
    const drafts = (await avatarDrafts.list(owner))
      .filter(({ named, openedAt }) => !named && openedAt !== null)
      .sort((one, other) => Number(other.openedAt) - Number(one.openedAt));
    const found = await Promise.all(drafts.map(({ avatar }) => avatars.findOwned(owner, avatar)));
    return found.flatMap((avatar) => (avatar?.status === 'draft' ? [avatar.id] : []));
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
      case 'key-name':
        return texts.html('key-say-name');
      case 'operator':
        return operatorQuestionText(subject, texts);
      case 'broadcast':
        return broadcastQuestionText(subject, texts);
      case 'appeal':
        return texts.html('appeal-say');
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

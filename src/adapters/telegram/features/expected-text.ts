import type { Message } from 'grammy/types';
import { attempt } from '../../../application/input/deferred-refusal.js';
import type { PendingReply } from '../../../application/ports/stores/chat/pending-reply-store.js';
import { checkAvatarName, looksLikeName } from '../../../domain/avatar/avatar-name.js';
import { DomainError } from '../../../domain/errors.js';
import { avatarId } from '../../../domain/ids.js';
import type { BotContext } from '../bot-context.js';
import type { Feature } from '../bot-services.js';
import { valuesIn } from '../buttons/button-kind.js';
import { onButton } from '../buttons/on-button.js';
import * as buttons from '../buttons/question-buttons.js';
import { textTo, wordsTo } from '../middleware/addressed.js';
import { say, show } from '../replies.js';
import { bestEffort } from '../telegram-errors.js';
import { makeKey } from './account/api-keys.js';
import { AvatarCards } from './avatars/avatar-card.js';
import { Drafting } from './avatars/drafting.js';
import { LoraImports } from './avatars/lora-files.js';
import { sentLoraOf } from './avatars/sent-lora.js';
import { GalleryGrid } from './gallery/gallery-grid.js';
import { FormScreens } from './generate/form-screens.js';
import { generate, isRestOfText } from './generate/generate.js';
import { UnpaidPrompts } from './generate/unpaid-prompts.js';
import { Offers, smallTalkOf } from './offers.js';
import { leaveRow, Questions } from './questions.js';
import { firstWayOn } from './way-on.js';

/**
 * Decides what a text is: the answer to the open question, or a prompt. A text that is no valid answer leaves the
 * question open, and the person chooses what it is. `/cancel` leaves the question, as its button does.
 */
export const expectedTextFeature: Feature = (composer, services) => {
  const formScreens = new FormScreens(services);
  const gallery = new GalleryGrid(services);
  const cards = new AvatarCards(services);
  const drafting = new Drafting(services);
  const imports = new LoraImports(services);
  const questions = new Questions(services);
  const unpaid = new UnpaidPrompts(services);
  const offers = new Offers(services);

  composer.command('cancel', async (context) => {
    const open = await questions.all(context);
    for (const question of open) await leave(context, question);
    const said = context.user.texts.html(open.length > 0 ? 'cancel-done' : 'cancel-nothing');
    await say(context, said, await firstWayOn(context, services));
  });
  composer.on('message:text', async (context, next) => {
    const { message } = context;
    if (message.text.startsWith('/')) return next();
    const open = await questions.all(context);
    const cut = open.find(({ kind }) => kind === 'rest-of-text');
    if (cut !== undefined && isRestOfText(message, cut)) return;
    if (cut !== undefined) await questions.end(context, cut);
    const answered = askedIn(message.reply_to_message, open);
    const expected = answered ?? open.find((each) => each !== cut);
    if (expected === undefined) return next();
    // Its type is chosen with a button, not with a text.
    if (expected.kind === 'lora-file' && sentLoraOf(expected.subject)?.type == null)
      return offers.bothWays(context, message, expected, { refused: null });
    const text = textTo(context);
    // Whoever answers the message that asks means it.
    if (answered === undefined && isDoubtful(expected, text))
      return offers.bothWays(context, message, expected, { smallTalk: smallTalkOf(text) });
    try {
      await answer(context, expected, text);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      // As a new prompt it would be refused as well.
      if (expected.kind === 'prompt' && !isGone(error)) {
        await unpaid.remember(context, {});
        throw error;
      }
      const isFull = error.code === 'too_many_keys';
      if (isGone(error) || isFull) await questions.end(context, expected);
      // Another name would not help.
      if (isFull) throw error;
      return offers.bothWays(context, message, expected, { refused: error });
    }
    await questions.end(context, expected);
  });
  onButton(composer, buttons.takeAnswerButton, async (context, { question }) => {
    const said = offers.saidTo(context);
    const open = await stillOpen(context, question);
    if (open === null) return;
    const isCard = open.kind === 'avatar-name' && (await draftOf(open)) === null;
    await answer(context, open, wordsTo(context, said));
    await questions.end(context, open);
    // The card of an avatar has taken its place.
    if (!isCard) await bestEffort(() => context.deleteMessage());
  });
  /** `agreed`: the credits on the button, on one of an earlier release whatever it costs. */
  const makeOfWords = async (context: BotContext, agreed: number) => {
    const said = offers.saidTo(context);
    const open = await questions.open(context);
    const text = wordsTo(context, said);
    const made = await attempt(() => generate(services, context, said, { text, agreed }));
    if ('refused' in made) {
      if (made.refused.code !== 'price_changed') throw made.refused;
      // Whoever edits the words may raise the price.
      const rows = await offers.payRows(context, said, 'button-use-as-prompt');
      return show(context, context.user.texts.html('price-changed'), rows);
    }
    // Whoever makes a picture of the text does not want to answer the question. What operators may confirm goes on asking.
    if (open !== null && open.kind !== 'operator') await questions.end(context, open);
    await bestEffort(() => context.deleteMessage());
  };
  onButton(composer, buttons.useAsPromptButton, (context) => makeOfWords(context, Number.POSITIVE_INFINITY));
  onButton(composer, buttons.makeOfWordsButton, (context, { credits }) => makeOfWords(context, credits));
  onButton(composer, buttons.answerAgainButton, async (context, { question }) => {
    const { texts } = context.user;
    const open = await stillOpen(context, question);
    if (open !== null) await show(context, await questions.textOf(context, open), [leaveRow(open, texts)]);
  });
  onButton(composer, buttons.leaveQuestionButton, async (context, { question }) => {
    const open = await stillOpen(context, question);
    if (open === null) return;
    await leave(context, open);
    await show(context, context.user.texts.html('cancel-done'));
  });
  onButton(composer, buttons.keepNameButton, async (context, { avatar }) => {
    const { id: owner } = context.user;
    await services.updateAvatarDraft.keepName({ avatar }, { owner });
    await questions.end(context, { kind: 'avatar-name', subject: avatar });
    await drafting.open(context, { owner, avatar });
  });

  /** The question of a tapped button. Whoever is not asked it (any more) is told so, and its message stays as it is. */
  const stillOpen = async (context: BotContext, question: string): Promise<PendingReply | null> => {
    const open = await questions.openAs(context, question);
    const text = context.user.texts.plain('question-over');
    if (open === null) await context.answerCallbackQuery({ text, show_alert: true });
    return open;
  };
  const draftOf = ({ owner, subject }: PendingReply) =>
    services.database.stores.avatarDrafts.findOwned(owner, avatarId(subject));
  /** Leaves it unanswered: an avatar in the making that asks for a name keeps the one it has. */
  const leave = async (context: BotContext, question: PendingReply) => {
    await questions.end(context, question);
    if (question.kind !== 'avatar-name') return;
    const draft = await draftOf(question);
    if (draft === null || draft.named) return;
    const mine = { owner: question.owner, avatar: draft.avatar };
    await services.updateAvatarDraft.keepName({ avatar: mine.avatar }, mine);
    await services.draftMessages.refresh(mine, context.user.texts);
  };

  const answer = async (context: BotContext, { kind, subject, owner }: PendingReply, text: string) => {
    switch (kind) {
      case 'prompt':
        return formScreens.answer(context, subject, text);
      case 'avatar-name': {
        const renamed = { avatar: avatarId(subject), name: text };
        const avatar = await services.updateAvatar.rename(renamed, { owner });
        const { avatarDrafts } = services.database.stores;
        const isInTheMaking =
          avatar.status === 'draft' && (await avatarDrafts.findOwned(owner, avatar.id)) !== null;
        if (isInTheMaking) return drafting.open(context, { owner, avatar: avatar.id });
        return cards.show(context, avatar);
      }
      case 'lora-file':
        // Cleared first: the look into the file may end meanwhile and would offer words for a question that is answered.
        await questions.end(context, { kind, subject });
        return imports.begin(context, subject, text);
      case 'key-name':
        return makeKey(services, context, subject, text);
      case 'gallery-words':
        return gallery.filter(context, subject, (filter) => ({ ...filter, words: text }));
      case 'gallery-page':
        return gallery.jump(context, subject, text);
      // Whoever is no operator any more has nobody to send it to.
      case 'broadcast':
      case 'rest-of-text':
      // Nobody answers it who is no operator any more.
      case 'operator':
      // Nor this one who is not blocked any more.
      case 'appeal':
        throw new DomainError({ code: 'not_found', what: 'text' });
      default:
        return kind satisfies never;
    }
  };
};

/** The open question that a message of ours asks. */
function askedIn(message: Message | undefined, open: readonly PendingReply[]): PendingReply | undefined {
  const said = (message?.reply_markup?.inline_keyboard ?? [])
    .flat()
    .map((button) => ('callback_data' in button ? valuesIn(button.callback_data) : null));
  const names = said.map((values) => values?.question);
  const about = said.flatMap((values) => [values?.form, values?.avatar]);
  const named = open.find((each) => names.includes(buttons.nameOfQuestion(each)));
  if (named !== undefined) return named;
  return open.find(
    ({ kind, subject }) =>
      (kind === 'prompt' || kind === 'avatar-name') && about.includes(subject.split(' ')[0]),
  );
}

/** Whether a text that could be the answer reads like something else. A search finds anything, and costs nothing. */
function isDoubtful({ kind }: PendingReply, text: string): boolean {
  const smallTalk = smallTalkOf(text);
  if (kind === 'prompt') return smallTalk !== null;
  if (kind === 'lora-file') return smallTalk !== null && smallTalk !== 'remark';
  const isName = kind === 'key-name' || (kind === 'avatar-name' && checkAvatarName(text).length === 0);
  return isName && (smallTalk !== null || !looksLikeName(text));
}

/** What the question was about is gone, or in a state in which the question makes no sense. */
const isGone = ({ refusal }: DomainError): boolean =>
  refusal.code === 'not_found' || refusal.code === 'wrong_state';

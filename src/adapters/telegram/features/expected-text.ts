import type { PendingReply } from '../../../application/ports/stores/chat/pending-reply-store.js';
import { DomainError } from '../../../domain/errors.js';
import { avatarId } from '../../../domain/ids.js';
import type { BotContext } from '../bot-context.js';
import type { Feature } from '../bot-services.js';
import { onButton } from '../buttons/on-button.js';
import * as buttons from '../buttons/question-buttons.js';
import { textTo, wordsTo } from '../middleware/addressed.js';
import { say, show } from '../replies.js';
import { bestEffort } from '../telegram-errors.js';
import { AvatarCards } from './avatars/avatar-card.js';
import { Drafting } from './avatars/drafting.js';
import { LoraImports } from './avatars/lora-files.js';
import { sentLoraOf } from './avatars/sent-lora.js';
import { GalleryGrid } from './gallery/gallery-grid.js';
import { FormScreens } from './generate/form-screens.js';
import { generate, isRestOfText } from './generate/generate.js';
import { priceOfPrompt } from './generate/prompt-price.js';
import { UnpaidPrompts } from './generate/unpaid-prompts.js';
import { Offers } from './offers.js';
import { leaveRow, Questions } from './questions.js';

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
    const wasExpecting = await questions.clear(context);
    await say(context, context.user.texts.html(wasExpecting ? 'cancel-done' : 'cancel-nothing'));
  });
  composer.on('message:text', async (context, next) => {
    if (context.message.text.startsWith('/')) return next();
    const expected = await questions.open(context);
    if (expected === null) return next();
    if (expected.kind === 'rest-of-text') {
      if (isRestOfText(context.message, expected)) return;
      await questions.end(context, expected);
      return next();
    }
    // Its type is chosen with a button, not with a text.
    if (expected.kind === 'lora-file' && sentLoraOf(expected.subject)?.type == null)
      return offers.bothWays(context, context.message, expected, null);
    try {
      await answer(context, expected, textTo(context));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      // As a new prompt it would be refused as well.
      if (expected.kind === 'prompt' && !isGone(error)) {
        await unpaid.remember(context, {});
        throw error;
      }
      if (isGone(error)) await questions.end(context, expected);
      return offers.bothWays(context, context.message, expected, error);
    }
    await questions.end(context, expected);
  });
  /** `agreed`: the credits on the button. */
  const makeOfWords = async (context: BotContext, agreed: number) => {
    const said = offers.saidTo(context);
    const { texts, preferences } = context.user;
    // Whoever edits the words may raise the price.
    if (priceOfPrompt(said.text ?? '', preferences, services.policy) > agreed)
      return show(
        context,
        texts.html('price-changed'),
        offers.payRows(context, said, 'button-use-as-prompt'),
      );
    const open = await questions.open(context);
    const text = wordsTo(context, said);
    await generate(services, context, said, { text, isPriceKnown: true });
    // Whoever makes a picture of the text does not want to answer the question.
    if (open !== null) await questions.end(context, open);
    await bestEffort(() => context.deleteMessage());
  };
  onButton(composer, buttons.useAsPromptButton, (context) => makeOfWords(context, Number.POSITIVE_INFINITY));
  onButton(composer, buttons.makeOfWordsButton, (context, { credits }) => makeOfWords(context, credits));
  onButton(composer, buttons.answerAgainButton, async (context, { question }) => {
    const { texts } = context.user;
    const open = await questions.openAs(context, question);
    if (open === null)
      return context.answerCallbackQuery({ text: texts.plain('question-over'), show_alert: true });
    return show(context, await questions.textOf(context, open), [leaveRow(open, texts)]);
  });
  onButton(composer, buttons.leaveQuestionButton, async (context, { question }) => {
    const { texts } = context.user;
    const open = await questions.openAs(context, question);
    if (open !== null) await questions.end(context, open);
    await show(context, texts.html(open === null ? 'question-over' : 'cancel-done'));
  });
  onButton(composer, buttons.keepNameButton, async (context, { avatar }) => {
    const { id: owner } = context.user;
    await services.updateAvatarDraft.keepName({ avatar }, { owner });
    await questions.end(context, { kind: 'avatar-name', subject: avatar });
    await drafting.open(context, { owner, avatar });
  });

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
        await questions.clear(context);
        return imports.begin(context, subject, text);
      case 'gallery-words':
        return gallery.filter(context, subject, (filter) => ({ ...filter, words: text }));
      case 'gallery-page':
        return gallery.jump(context, subject, text);
      case 'rest-of-text':
        throw new DomainError({ code: 'not_found', what: 'text' });
      default:
        return kind satisfies never;
    }
  };
};

/** What the question was about is gone, or in a state in which the question makes no sense. */
const isGone = ({ refusal }: DomainError): boolean =>
  refusal.code === 'not_found' || refusal.code === 'wrong_state';

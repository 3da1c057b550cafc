import type { InlineKeyboardButton, Message } from 'grammy/types';
import { DomainError } from '../../../domain/errors.js';
import { checkPrompt, promptLength } from '../../../domain/generation/prompt.js';
import { smallTalkIn } from '../../../domain/text/small-talk.js';
import type { SmallTalk } from '../../../domain/text/small-talk-words.js';
import type { BotContext } from '../bot-context.js';
import type { BotServices } from '../bot-services.js';
import { newAvatarButton } from '../buttons/avatar-buttons.js';
import { asMain } from '../buttons/button-kind.js';
import {
  answerAgainButton,
  makeOfWordsButton,
  nameOfQuestion,
  takeAnswerButton,
} from '../buttons/question-buttons.js';
import { openHelpButton } from '../buttons/start-buttons.js';
import { wordsTo } from '../middleware/addressed.js';
import { answering, asMessage, type Keyboard } from '../replies.js';
import { Html } from '../wording/html.js';
import { pricedShort } from '../wording/price-label.js';
import { refusalText } from '../wording/refusal-texts.js';
import { isPlain, readPrompt } from './generate/prompt-options.js';
import { UnpaidPrompts } from './generate/unpaid-prompts.js';
import { leaveRow, type Question, Questions } from './questions.js';

type Label = 'button-use-as-prompt' | 'button-make-anyway' | 'button-words-alone';

/** Asks what a text is, where it may be no prompt. Its price stands on the button: nothing is charged before the tap. */
export class Offers {
  constructor(
    private readonly services: Pick<BotServices, 'database' | 'clock' | 'quoteRequest' | 'source'>,
  ) {}

  /** Answers the text, which stays free to be edited into a prompt. */
  async say(context: BotContext, said: Message, text: Html, keyboard: Keyboard): Promise<void> {
    await context.reply(text.source, { ...asMessage(keyboard), ...answering(said.message_id) });
    await new UnpaidPrompts(this.services).remember(context, {});
  }

  /** A short answer with what to do next, and a button for whoever means a picture all the same. */
  async answerSmallTalk(context: BotContext, said: Message, kind: SmallTalk): Promise<void> {
    const { id: owner, texts } = context.user;
    const avatars = await this.services.database.stores.avatars.list(owner);
    const hasAvatar = avatars.some(({ status }) => status === 'ready');
    const text = Html.join([
      texts.html(`small-talk-${kind}`),
      !hasAvatar && texts.html('small-talk-no-avatar'),
      hasAvatar && kind !== 'change' && texts.html('small-talk-next'),
    ]);
    await this.say(context, said, text, [
      ...(hasAvatar ? await this.payRows(context, said, 'button-make-anyway') : []),
      // In a group these would open private screens for everybody to see.
      ...(context.chat?.type !== 'private'
        ? []
        : [
            ...(hasAvatar ? [] : [[newAvatarButton.button(texts.plain('button-make-avatar'), {})]]),
            ...(kind === 'question' || !hasAvatar
              ? [[openHelpButton.button(texts.plain('button-open-help'), {})]]
              : []),
          ]),
    ]);
  }

  /**
   * Tells why a text does not answer the question, and offers to answer again or to use it as a prompt.
   * @param why the refusal of the answer; or what else the text may be, then it may be the answer, too
   */
  async bothWays(
    context: BotContext,
    said: Message,
    question: Question,
    why: { readonly refused: DomainError | null } | { readonly smallTalk: SmallTalk | null },
  ): Promise<void> {
    const { texts } = context.user;
    const name = nameOfQuestion(question);
    const isOpen = (await new Questions(this.services).openAs(context, name)) !== null;
    const text = Html.join([
      'refused' in why && why.refused !== null && refusalText(why.refused.refusal, texts),
      'smallTalk' in why && why.smallTalk !== null && texts.html(`small-talk-${why.smallTalk}`),
      texts.html(isOpen ? 'question-both-ways' : 'question-gone'),
    ]);
    const again = answerAgainButton.button(texts.plain('button-answer-again'), { question: name });
    await this.say(context, said, text, [
      ...('smallTalk' in why && isOpen
        ? [[takeAnswerButton.button(texts.plain('button-take-answer'), { question: name })]]
        : []),
      // The words of a screen are ordered there.
      ...(question.kind === 'prompt' && isOpen
        ? []
        : await this.payRows(context, said, 'button-use-as-prompt')),
      ...(isOpen ? [[again], leaveRow(question, texts)] : []),
    ]);
  }

  /** What was said before a tapped offer. @throws DomainError `not_found` for somebody else's, or when it is gone */
  saidTo({ callbackQuery, from }: BotContext): Message {
    const said = callbackQuery?.message?.reply_to_message;
    if (said?.text === undefined || said.from?.id !== from?.id)
      throw new DomainError({ code: 'not_found', what: 'text' });
    return said;
  }

  /** The button that makes a picture of what was said; none where it cannot become one. */
  async payRows(context: BotContext, said: Message, label: Label): Promise<InlineKeyboardButton[][]> {
    const words = wordsTo(context, said);
    const typed = readPrompt(words);
    if (checkPrompt(typed.prompt).length > 0) return [];
    const { id: owner, preferences, texts } = context.user;
    const credits = await this.services.quoteRequest.execute(typed, { owner, preferences });
    const pay = makeOfWordsButton.button(pricedShort(texts.plain(label), credits, texts), { credits });
    return [[asMain(pay)]];
  }
}

/** What a text is when nobody means a picture by it; `null`: a prompt. Whoever types options means one. */
export function smallTalkOf(text: string): SmallTalk | null {
  const isLong = [...text].length > promptLength.to;
  return isLong || !isPlain(readPrompt(text)) ? null : smallTalkIn(text);
}

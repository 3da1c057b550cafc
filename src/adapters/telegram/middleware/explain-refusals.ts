import type { MiddlewareFn } from 'grammy';
import { DomainError, type Refusal } from '../../../domain/errors.js';
import { cut } from '../../../domain/text/cut-text.js';
import type { BotContext } from '../bot-context.js';
import type { BotServices } from '../bot-services.js';
import { readPrompt } from '../features/generate/prompt-options.js';
import { wayOn } from '../features/way-on.js';
import { answering, asMessage, type Keyboard, startLink } from '../replies.js';
import { troubleOf } from '../telegram-errors.js';
import { needsAvatars, needsPrice, waysOutOf } from '../ways-out.js';
import { isLink, shownContact } from '../wording/contact.js';
import { Html } from '../wording/html.js';
import { refusalText } from '../wording/refusal-texts.js';
import { languageOf, type Translator } from '../wording/translator.js';
import { Patience } from './patience.js';

type Services = Pick<
  BotServices,
  'database' | 'log' | 'policy' | 'quoteRequest' | 'sales' | 'supportContact' | 'textsIn'
>;

/**
 * A refused request is answered with its reason and the buttons that mend it; a fault of ours is logged and admitted.
 * Nothing ends in silence.
 */
export const explainRefusals =
  (services: Services, patience = new Patience()): MiddlewareFn<BotContext> =>
  async (context, next) => {
    const { log, textsIn } = services;
    const { update_id: update } = context.update;
    /** Never for a tap: it must be answered at once, its query expires soon. */
    const isTriedAgain = (seconds: number) =>
      (context.message ?? context.stoppedMessageGeneration) !== undefined && patience.lasts(update, seconds);
    /** If Telegram cannot take the answer now, the whole message is tried again, and the answer with it. */
    const explain = async (text: Html, keyboard: Keyboard = []) => {
      try {
        await answer(context, text, keyboard);
      } catch (error) {
        const trouble = troubleOf(error);
        if (trouble === null || (trouble.kind === 'delayed' && isTriedAgain(theirFaultSeconds))) throw error;
      }
    };
    try {
      await next();
    } catch (error) {
      // Fails before the user is known only when the database does.
      const texts = context.user?.texts ?? textsIn(languageOf(context.from?.language_code));
      const trouble = troubleOf(error);
      const facts = { update, error };
      if (error instanceof DomainError && isSeenByOthers(context, error.refusal))
        await explain(texts.html('refusal-credits-in-group'), [
          [{ text: texts.plain('button-open-privately'), url: startLink(context, 'balance') }],
        ]);
      else if (error instanceof DomainError)
        await explain(
          Html.join([refusalText(error.refusal, texts), byMail(services, error.refusal, texts)]),
          await waysOut(services, context, error.refusal),
        );
      // A fault of ours or of Telegram's may pass: the message is tried again before the person is told.
      else if (trouble === null && isTriedAgain(ourFaultSeconds)) throw error;
      else if (trouble?.kind === 'delayed' && isTriedAgain(theirFaultSeconds)) throw error;
      else {
        if (trouble === null) log.error('an update could not be dealt with', facts);
        else log.warn('Telegram refused an answer', facts);
        // Whoever tapped a button has it at hand.
        const way =
          context.message === undefined ? [] : wayOn({ user: { texts }, chat: context.chat, me: context.me });
        if (trouble === null || trouble.kind === 'refused') await explain(texts.html('went-wrong'), way);
      }
    }
    patience.ends(update);
  };

/**
 * How long a message is tried again. The messages of a killed process come back after a minute, and may fail for the
 * first time then.
 */
const ourFaultSeconds = 180;
/** Telegram may be away for long, and who asked still wants to know. */
const theirFaultSeconds = 3600;

/** Telegram's limit for the text of an alert. */
const alertLength = 200;
/** Of the button above what inline mode offers; longer ones are cut by apps. */
const inlineButtonLength = 64;

/** Refusals of taps that an alert cannot mend: their buttons come in a message. */
const worthAMessage: ReadonlySet<Refusal['code']> = new Set<Refusal['code']>([
  'no_avatar',
  'avatar_not_ready',
  'photos_wait',
  'photos_refused',
  'preset_not_available',
  'insufficient_credits',
  'consent_required',
  'not_enough_photos',
  'not_allowed',
]);

/** What somebody has is for nobody else in a group; what a tap is answered with, they alone see. */
const isSeenByOthers = ({ chat, callbackQuery }: BotContext, { code }: Refusal): boolean =>
  code === 'insufficient_credits' && chat?.type !== 'private' && callbackQuery === undefined;

/** None in a group, where they would open private screens for everybody to see. */
async function waysOut(
  { database, policy, quoteRequest, sales, supportContact }: Services,
  context: BotContext,
  refusal: Refusal,
): Promise<Keyboard> {
  const { user, chat, message, callbackQuery } = context;
  const { id: owner, preferences } = user;
  if (chat?.type !== 'private') return [];
  if (callbackQuery !== undefined && !worthAMessage.has(refusal.code)) return [];
  const all = needsAvatars.has(refusal.code) ? await database.stores.avatars.list(user.id) : [];
  return waysOutOf(
    refusal,
    {
      avatars: all.filter((avatar) => avatar.status === 'ready'),
      contact: supportContact,
      isSelling: sales.offers.length > 0,
      canAsk: policy.admins.size > 0,
      price:
        message?.text === undefined || !needsPrice.has(refusal.code)
          ? null
          : await quoteRequest.execute(readPrompt(message.text), { owner, preferences }),
    },
    user.texts,
  );
}

/** Where more credits are asked for, if that is no link for a button. */
const byMail = ({ supportContact }: Services, { code }: Refusal, texts: Translator): Html | null =>
  code !== 'insufficient_credits' || supportContact === null || isLink(supportContact)
    ? null
    : texts.html('more-credits-by-mail', { contact: shownContact(supportContact) });

async function answer(context: BotContext, text: Html, keyboard: Keyboard): Promise<void> {
  if (context.inlineQuery !== undefined) {
    // The button opens the chat, where the reason comes with what mends it.
    const button = { text: cut(text.text, inlineButtonLength), start_parameter: 'start' };
    return void (await context.answerInlineQuery([], { is_personal: true, cache_time: 0, button }));
  }
  const tapped = context.callbackQuery?.message?.message_id;
  if (context.callbackQuery !== undefined)
    await context.answerCallbackQuery(
      keyboard.length === 0 ? { text: cut(text.text, alertLength), show_alert: true } : {},
    );
  // As an answer: with several requests under way it must be clear which one is refused.
  const answered = context.message?.message_id ?? (keyboard.length === 0 ? undefined : tapped);
  if (answered !== undefined || context.stoppedMessageGeneration !== undefined)
    await context.reply(text.source, { ...asMessage(keyboard), ...answering(answered) });
}

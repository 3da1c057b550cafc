import type { Message } from 'grammy/types';
import type { PendingReply } from '../../../../application/ports/stores/chat/pending-reply-store.js';
import { DomainError } from '../../../../domain/errors.js';
import { type IntendedAct, stillValid } from '../../../../domain/operator/intent.js';
import { cut } from '../../../../domain/text/cut-text.js';
import type { BotContext } from '../../bot-context.js';
import type { Feature } from '../../bot-services.js';
import { useAsReasonButton } from '../../buttons/admin-buttons.js';
import { asMain, asPlain, valuesIn } from '../../buttons/button-kind.js';
import { onButton } from '../../buttons/on-button.js';
import { textTo } from '../../middleware/addressed.js';
import { say, show } from '../../replies.js';
import { Offers } from '../offers.js';
import { Questions } from '../questions.js';
import type { AdminArea } from './admin-area.js';
import { CaseQuestions } from './case-questions.js';
import type { Put } from './confirmations.js';
import { readOperatorQuestion } from './operator-question.js';
import { longestReason, PersonalQuestions } from './people/personal-questions.js';

/** What a text means that comes while a card waits to be confirmed: its reason, or a picture. Never a picture unasked. */
export const openQuestionsArea: AdminArea = {
  feature: (operators, services) => openQuestionsFeature(operators, services),
};

const openQuestionsFeature: Feature = (operators, services) => {
  const { database, clock } = services;
  const questions = new Questions(services);
  const offers = new Offers(services);
  const personal = new PersonalQuestions(services);
  const cases = new CaseQuestions(services);
  const intended = ({ user }: BotContext, id: string) =>
    database.stores.operatorIntents.find({ id, admin: user.id }, stillValid(clock.now()));

  // A tap on a card that does not name its intent leaves it; one that does asks on until it was confirmed.
  operators.on('callback_query:data', async (context, next) => {
    const intents = confirmedOn(context.callbackQuery.message);
    const open = intents.length === 0 ? null : await questions.openOf(context, 'operator');
    if (open === null || !intents.includes(readOperatorQuestion(open.subject).about)) return next();
    const { about } = readOperatorQuestion(open.subject);
    if (valuesIn(context.callbackQuery.data)?.intent !== about) {
      await questions.end(context, open);
      return next();
    }
    await next();
    if ((await intended(context, about)) === null) await questions.end(context, open);
  });

  operators.on('message:text', async (context, next) => {
    const { message } = context;
    const open = message.text.startsWith('/') ? null : await questions.open(context);
    const { topic, about } = readOperatorQuestion(open?.kind === 'operator' ? open.subject : '');
    if (open === null || (topic !== 'why' && topic !== 'confirm')) return next();
    const act = await intended(context, about);
    const isMeant = topic === 'why' || confirmedOn(message.reply_to_message).includes(about);
    if (isMeant && act !== null && hasReason(act)) return explain(context, about, textTo(context), say);
    if (isMeant && act === null) {
      await questions.end(context, open);
      throw new DomainError({ code: 'intent_over' });
    }
    await offer(context, message, open, act);
  });

  onButton(operators, useAsReasonButton, async (context, { intent }) =>
    explain(context, intent, textTo(context, offers.saidTo(context)), show),
  );

  /** Asks again, with the reason on the card. @throws DomainError `intent_over` */
  const explain = async (context: BotContext, intent: string, why: string, put: Put) => {
    const act = await intended(context, intent);
    if (act === null || !hasReason(act)) throw new DomainError({ code: 'intent_over' });
    const how = { put, instead: intent };
    if (act.act === 'case-block') return cases.ask(context, { ...act, why: cut(why, longestReason) }, how);
    await personal.ask(context, { ...act, why }, how);
  };

  const offer = async (context: BotContext, said: Message, open: PendingReply, act: IntendedAct | null) => {
    const { texts } = context.user;
    const { about: intent } = readOperatorQuestion(open.subject);
    // It can be confirmed no more, so that it asks this once.
    if (act === null) await questions.end(context, open);
    await offers.say(
      context,
      said,
      texts.html(act === null ? 'refusal-intent-over' : 'operator-say-confirm'),
      [
        ...(act !== null && hasReason(act)
          ? [[asMain(useAsReasonButton.button(texts.plain('button-use-as-reason'), { intent }))]]
          : []),
        // Whoever writes below a card thinks of the card.
        ...(await offers.payRows(context, said, 'button-use-as-prompt')).map((row) => row.map(asPlain)),
      ],
    );
  };
};

type Explained = Extract<IntendedAct, { readonly why: string | null }>;

const hasReason = (act: IntendedAct): act is Explained => 'why' in act;

/** The intents that a card of ours lets confirm. */
function confirmedOn(message: object | undefined): unknown[] {
  const keyboard = (message as Partial<Message> | undefined)?.reply_markup?.inline_keyboard ?? [];
  return keyboard
    .flat()
    .map((button) => ('callback_data' in button ? button.callback_data : ''))
    .filter((data) => useAsReasonButton.read(data) === null)
    .flatMap((data) => valuesIn(data)?.intent ?? []);
}

import type { PendingReply } from '../../../../../application/ports/stores/chat/pending-reply-store.js';
import type { User } from '../../../../../application/ports/stores/user-store.js';
import { DomainError } from '../../../../../domain/errors.js';
import { userId } from '../../../../../domain/ids.js';
import { cut } from '../../../../../domain/text/cut-text.js';
import type { BotContext } from '../../../bot-context.js';
import type { Feature } from '../../../bot-services.js';
import { personButton } from '../../../buttons/admin-buttons.js';
import { messageHandle } from '../../../delivery/telegram-messenger.js';
import { textTo } from '../../../middleware/addressed.js';
import { say } from '../../../replies.js';
import { Questions } from '../../questions.js';
import { Confirmations } from '../confirmations.js';
import { readOperatorQuestion } from '../operator-question.js';
import { askPromo, promoTerms } from '../promo-question.js';
import { picked, removePicker } from './person-picker.js';
import { PersonalQuestions } from './personal-questions.js';

/**
 * What operators write when they were asked for something. A question ends when its answer was answered: until then the
 * message is tried again whatever fails, and would be taken for a wish.
 */
export const hearAnswers: Feature = (operators, services) => {
  const { findPeople, limitPictures, database } = services;
  const questions = new Questions(services);
  const personal = new PersonalQuestions(services);
  const confirmations = new Confirmations(services);
  const known = async (id: number): Promise<User[]> => {
    const user = await database.stores.users.find(userId(String(id)));
    return user === null ? [] : [user];
  };

  operators.on('message:users_shared', async (context, next) => {
    const chosen = picked(context);
    if (chosen === null) return next();
    const open = await questions.openOf(context, 'operator');
    const isAsked = open !== null && readOperatorQuestion(open.subject).topic === 'find';
    await found(context, await known(chosen), isAsked ? open : null);
  });

  operators.on('message', async (context, next) => {
    const open = await questions.open(context);
    const { message } = context;
    if (open?.kind !== 'operator' || message.text?.startsWith('/')) return next();
    const { topic, about } = readOperatorQuestion(open.subject);
    const text = textTo(context);
    const { id: admin, texts } = context.user;
    switch (topic) {
      case 'find': {
        const origin = message.forward_origin;
        // Their own settings hide them, and Telegram names nobody.
        if (origin !== undefined && origin.type !== 'user')
          return void (await say(context, texts.html('person-hidden')));
        if (origin !== undefined) return found(context, await known(origin.sender_user.id), open);
        return found(context, text === '' ? [] : await findPeople.execute({ words: cut(text, 100) }), open);
      }
      case 'give':
      case 'take': {
        const [, credits, why] = /^(\d{1,7})\s+(\S.*)$/s.exec(text) ?? [];
        if (credits === undefined || why === undefined || Number(credits) === 0)
          return void (await say(context, texts.html(`operator-say-${topic}`)));
        const { balance } = await database.stores.ledger.account(userId(about));
        if (topic === 'take' && Number(credits) > balance)
          return void (await say(context, texts.html('take-too-much', { balance })));
        const act = topic === 'give' ? 'grant' : 'take-back';
        return personal.ask(context, { act, user: userId(about), credits: Number(credits), why });
      }
      case 'limit': {
        if (!/^\d{1,6}$/.test(text)) return void (await say(context, texts.html('operator-say-limit')));
        await limitPictures.execute({ user: about, pictures: Number(text) }, { admin });
        await personal.card(context, userId(about), say, texts.html('act-came-done'));
        return questions.end(context, open);
      }
      case 'settle': {
        const [, credits, why] = /^(\d{1,7})\s+(\S.*)$/s.exec(text) ?? [];
        if (credits === undefined || why === undefined)
          return void (await say(context, texts.html('operator-say-settle')));
        const [user = '', id = ''] = about.split('/');
        const payment = await database.stores.payments.findOwned(id, userId(user));
        if (payment === null) await questions.end(context, open);
        if (payment === null) throw new DomainError({ code: 'not_found', what: 'payment' });
        return personal.ask(context, {
          ...{ act: 'payment-settle', user: payment.user, charge: payment.charge },
          ...{ credits: Number(credits), why },
        });
      }
      case 'message':
        return personal.ask(context, {
          ...{ act: 'message', user: userId(about) },
          message: messageHandle(message.chat.id, message.message_id),
        });
      case 'promo': {
        const terms = promoTerms(text);
        if (terms === null) return void (await say(context, texts.html('operator-say-promo')));
        const cardOf = (intent: string) => askPromo(terms, intent, texts);
        return confirmations.ask(context, { act: 'promo-create', terms }, cardOf, { put: say });
      }
      // Something else than a text, which no card asks for.
      case 'why':
      case 'confirm':
        return next();
      default:
        return topic satisfies never;
    }
  });

  /** Shows whom an operator meant; as long as it is nobody, they are asked. */
  const found = async (context: BotContext, people: readonly User[], asked: PendingReply | null) => {
    const { texts } = context.user;
    const [only, ...others] = people;
    if (only === undefined) return void (await say(context, texts.html('person-unknown')));
    if (others.length === 0) await personal.card(context, only.id, say);
    else await say(context, texts.html('person-which'), people.map(choice));
    if (asked === null) return;
    await questions.end(context, asked);
    await removePicker(context, asked.subject);
  };
};

const choice = ({ id, displayName }: User) => [
  personButton.button(`${cut(displayName ?? '–', 40)} · ${id}`, { user: id }),
];

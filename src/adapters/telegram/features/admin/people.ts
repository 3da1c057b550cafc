import { DomainError } from '../../../../domain/errors.js';
import { type UserId, userId } from '../../../../domain/ids.js';
import { isJobAct, type PersonalAct, stillValid } from '../../../../domain/operator/intent.js';
import { cut } from '../../../../domain/text/cut-text.js';
import type { BotContext } from '../../bot-context.js';
import type { Feature } from '../../bot-services.js';
import * as buttons from '../../buttons/admin-buttons.js';
import { onButton } from '../../buttons/on-button.js';
import { messageHandle } from '../../delivery/telegram-messenger.js';
import { textTo } from '../../middleware/addressed.js';
import { say, show } from '../../replies.js';
import { Html } from '../../wording/html.js';
import { Questions } from '../questions.js';
import { askAct } from './act-question.js';
import { type AdminArea, backToAdmin } from './admin-area.js';
import { tellOfCase } from './case-outcome.js';
import { operatorQuestion, readOperatorQuestion } from './operator-question.js';
import { personCard } from './person-card.js';
import { askPromo, promoTerms } from './promo-question.js';

/** One person, as an operator finds them, and what is done for them. */
export const peopleArea: AdminArea = {
  opener: (texts) => buttons.findPersonButton.button(texts.plain('button-find-person'), {}),
  feature: (operators, services) => peopleFeature(operators, services),
};

const peopleFeature: Feature = (operators, services) => {
  const { findPeople, describePerson, keepIntent, confirmAct, unblockPerson, database, clock } = services;
  const questions = new Questions(services);
  type Put = typeof say | typeof show;

  const card = async (context: BotContext, user: UserId, put: Put, came?: Html) => {
    const { text, keyboard } = personCard(await describePerson.execute(user), context.user.texts);
    await put(context, Html.join([came, text], '\n\n'), keyboard);
  };
  /** Keeps what is to be done, and asks. */
  const ask = async (context: BotContext, act: PersonalAct, put: Put = say) => {
    const { id: admin, texts } = context.user;
    const person = await describePerson.execute(act.user);
    const intent = await keepIntent.execute(act, { admin });
    const { text, keyboard } = askAct({ act, person, intent }, texts);
    await put(context, text, keyboard);
  };

  onButton(operators, buttons.findPersonButton, async (context) => {
    const question = operatorQuestion('find');
    await questions.expect(context, question);
    await show(context, await questions.textOf(context, question), [backToAdmin(context.user.texts)]);
  });
  onButton(operators, buttons.personButton, (context, { user }) => card(context, user, show));
  onButton(operators, buttons.askCreditsButton, (context, { user, movement }) =>
    questions.ask(context, operatorQuestion(movement, user)),
  );
  onButton(operators, buttons.askMessageButton, (context, { user }) =>
    questions.ask(context, operatorQuestion('message', user)),
  );
  onButton(operators, buttons.askRefundButton, async (context, { user, payment: id }) => {
    const payment = await database.stores.payments.findOwned(id, user);
    if (payment === null) throw new DomainError({ code: 'not_found', what: 'payment' });
    await ask(context, { act: 'refund', user, charge: payment.charge, why: null });
  });
  onButton(operators, buttons.askBlockButton, (context, { user }) =>
    ask(context, { act: 'block', user, why: null }),
  );
  onButton(operators, buttons.unblockButton, async (context, { user }) => {
    const { id: admin, texts } = context.user;
    const appeal = await unblockPerson.execute({ user, why: null }, { admin });
    const isTold = appeal === null || (await tellOfCase(services, appeal));
    await card(context, user, show, texts.html(isTold ? 'act-came-done' : 'act-came-unreachable'));
  });
  onButton(operators, buttons.sayWhyButton, (context, { intent }) =>
    questions.ask(context, operatorQuestion('why', intent)),
  );
  onButton(operators, buttons.confirmActButton, async (context, { intent }) => {
    const { id: admin, texts } = context.user;
    const { act, came } = await confirmAct.execute(intent, { admin });
    await card(context, act.user, show, texts.html(`act-came-${came}`));
  });

  operators.on('message', async (context, next) => {
    const open = await questions.open(context);
    const { message } = context;
    if (open?.kind !== 'operator' || message.text?.startsWith('/')) return next();
    const { topic, about } = readOperatorQuestion(open.subject);
    const text = textTo(context);
    const { texts } = context.user;
    switch (topic) {
      case 'find': {
        const origin = message.forward_origin;
        // Their own settings hide them, and Telegram names nobody.
        if (origin !== undefined && origin.type !== 'user')
          return void (await say(context, texts.html('person-hidden')));
        const words = origin === undefined ? text : String(origin.sender_user.id);
        const found = words === '' ? [] : await findPeople.execute({ words: cut(words, 100) });
        const [only, ...others] = found;
        if (only === undefined) return void (await say(context, texts.html('person-unknown')));
        await questions.end(context, open);
        if (others.length === 0) return card(context, only.id, say);
        const rows = found.map(({ id, displayName }) => [
          buttons.personButton.button(`${cut(displayName ?? '–', 40)} · ${id}`, { user: id }),
        ]);
        return void (await say(context, texts.html('person-which'), rows));
      }
      case 'give':
      case 'take': {
        const [, credits, why] = /^(\d{1,7})\s+(\S.*)$/s.exec(text) ?? [];
        if (credits === undefined || why === undefined || Number(credits) === 0)
          return void (await say(context, texts.html(`operator-say-${topic}`)));
        const { balance } = await database.stores.ledger.account(userId(about));
        if (topic === 'take' && Number(credits) > balance)
          return void (await say(context, texts.html('take-too-much', { balance })));
        await questions.end(context, open);
        const act = topic === 'give' ? 'grant' : 'take-back';
        return ask(context, { act, user: userId(about), credits: Number(credits), why: cut(why, 200) });
      }
      case 'settle': {
        const [, credits, why] = /^(\d{1,7})\s+(\S.*)$/s.exec(text) ?? [];
        if (credits === undefined || why === undefined)
          return void (await say(context, texts.html('operator-say-settle')));
        const [user = '', id = ''] = about.split('/');
        const payment = await database.stores.payments.findOwned(id, userId(user));
        await questions.end(context, open);
        if (payment === null) throw new DomainError({ code: 'not_found', what: 'payment' });
        return ask(context, {
          ...{ act: 'payment-settle', user: payment.user, charge: payment.charge },
          ...{ credits: Number(credits), why: cut(why, 200) },
        });
      }
      case 'message':
        await questions.end(context, open);
        return ask(context, {
          ...{ act: 'message', user: userId(about) },
          message: messageHandle(message.chat.id, message.message_id),
        });
      case 'why': {
        const { id: admin } = context.user;
        const act = await database.stores.operatorIntents.find({ id: about, admin }, stillValid(clock.now()));
        await questions.end(context, open);
        if (act === null || !('user' in act) || isJobAct(act)) throw new DomainError({ code: 'intent_over' });
        return ask(context, 'why' in act && text !== '' ? { ...act, why: cut(text, 200) } : act);
      }
      case 'promo': {
        const terms = promoTerms(text);
        if (terms === null) return void (await say(context, texts.html('operator-say-promo')));
        await questions.end(context, open);
        const intent = await keepIntent.execute({ act: 'promo-create', terms }, { admin: context.user.id });
        const { text: asked, keyboard } = askPromo(terms, intent, texts);
        return void (await say(context, asked, keyboard));
      }
      default:
        return topic satisfies never;
    }
  });
};

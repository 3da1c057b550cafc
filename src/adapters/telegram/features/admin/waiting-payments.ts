import type { WaitingPayment } from '../../../../application/operator/payments/list-waiting-payments.js';
import { DomainError } from '../../../../domain/errors.js';
import type { Feature } from '../../bot-services.js';
import { askRefundButton } from '../../buttons/admin-buttons.js';
import { onButton } from '../../buttons/on-button.js';
import {
  settlePaymentButton,
  stopRefundButton,
  troublesButton,
  waitingPaymentsButton,
} from '../../buttons/trouble-buttons.js';
import { type Keyboard, type Screen, show } from '../../replies.js';
import { Html } from '../../wording/html.js';
import type { Translator } from '../../wording/translator.js';
import { Questions } from '../questions.js';
import type { AdminArea } from './admin-area.js';
import { aboutPayment, operatorQuestion } from './operator-question.js';
import { PersonalQuestions } from './people/personal-questions.js';

const shownAtOnce = 5;

/** Payments that only an operator can bring to an end. Reached from what is in trouble. */
export const waitingPaymentsArea: AdminArea = {
  feature: (operators, services) => waitingPaymentsFeature(operators, services),
};

const waitingPaymentsFeature: Feature = (operators, services) => {
  const { listWaitingPayments, database } = services;
  const questions = new Questions(services);
  const personal = new PersonalQuestions(services);
  onButton(operators, waitingPaymentsButton, async (context) => {
    const { text, keyboard } = screenOf(
      await listWaitingPayments.execute(shownAtOnce + 1),
      context.user.texts,
    );
    await show(context, text, keyboard);
  });
  onButton(operators, settlePaymentButton, (context, { user, payment }) =>
    questions.ask(context, operatorQuestion('settle', aboutPayment(user, payment))),
  );
  onButton(operators, stopRefundButton, async (context, { user, payment: id }) => {
    const payment = await database.stores.payments.findOwned(id, user);
    if (payment === null) throw new DomainError({ code: 'not_found', what: 'payment' });
    const act = { act: 'refund-stop', user, charge: payment.charge, why: null } as const;
    await personal.ask(context, act, { put: show });
  });
};

function screenOf(waiting: readonly WaitingPayment[], texts: Translator): Screen {
  const back = [troublesButton.button(texts.plain('button-back'), {})];
  if (waiting.length === 0) return { text: texts.html('waiting-payments-none'), keyboard: [back] };
  const shown = waiting.slice(0, shownAtOnce);
  return {
    text: Html.join(
      [
        texts.html('waiting-payments-title'),
        ...shown.map((each, index) => lineOf(each, index + 1, texts)),
        waiting.length > shown.length && texts.html('waiting-payments-more'),
      ],
      '\n\n',
    ),
    keyboard: [...shown.map((each, index) => rowOf(each, index + 1, texts)), back],
  };
}

function lineOf({ payment, waits }: WaitingPayment, number: number, texts: Translator): Html {
  const { stars, paidAt: at, user, charge } = payment;
  return Html.join([
    texts.html('waiting-payment', { number, stars, at, user }),
    texts.html(`waiting-payment-${waits}`),
    texts.html('waiting-payment-charge', { charge }),
  ]);
}

function rowOf(
  { payment: { id: payment, user }, waits }: WaitingPayment,
  number: number,
  texts: Translator,
): Keyboard[number] {
  const about = { user, payment };
  const back = askRefundButton.button(
    texts.plain(waits === 'refund' ? 'button-ask-again' : 'button-waiting-refund', { number }),
    about,
  );
  return waits === 'refund'
    ? [back, stopRefundButton.button(texts.plain('button-stop-refund', { number }), about)]
    : [settlePaymentButton.button(texts.plain('button-settle', { number }), about), back];
}

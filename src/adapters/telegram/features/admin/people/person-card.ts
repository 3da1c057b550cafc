import type { Person } from '../../../../../application/operator/people/describe-person.js';
import type { Lot } from '../../../../../domain/payments/lots.js';
import {
  askBlockButton,
  askCreditsButton,
  askLimitButton,
  askMessageButton,
  askRefundButton,
  findPersonButton,
  personJobsButton,
  unblockButton,
} from '../../../buttons/admin-buttons.js';
import type { Keyboard, Screen } from '../../../replies.js';
import { Html } from '../../../wording/html.js';
import type { Translator } from '../../../wording/translator.js';
import { backToAdmin } from '../admin-area.js';
import { dollarsIn } from '../numbers/numbers-text.js';

const paymentsShown = 5;

/** One person, with what an operator can do for them. Never what they wrote, and no picture. */
export function personCard(person: Person, texts: Translator): Screen {
  const { user, account, lots, months, work, block } = person;
  const payments = lots.filter((_, index) => index < paymentsShown);
  const { pictures, trainings } = work;
  const orders = {
    pictures: (pictures.collected ?? 0) + (pictures.delivered ?? 0),
    open: openOf(pictures) + openOf(trainings),
    lost: (pictures.failed ?? 0) + (pictures.blocked ?? 0) + (trainings.failed ?? 0),
    trainings: trainings.ready ?? 0,
  };
  const text = Html.join(
    [
      Html.join([
        texts.html('person-title', { name: user.displayName ?? '–', id: user.id }),
        texts.html('person-since', { at: user.createdAt }),
        block !== null && texts.html('person-blocked', { at: block.at }),
        block?.why != null && texts.html('act-why', { why: block.why }),
      ]),
      Html.join([
        texts.html('person-credits', { balance: account.balance, held: account.held }),
        ...months.subscriptions.map(({ terms, until }) =>
          texts.html('person-month', { name: terms.name[texts.language], until }),
        ),
        texts.html('person-today', {
          spent: texts.html('count-credits', { count: work.spent }),
          cost: dollarsIn(texts, work.cost / 1_000_000),
        }),
      ]),
      Html.join([
        texts.html('person-orders', orders),
        limitLine(person.pictures, texts),
        texts.html('person-avatars', { avatars: texts.html('count-avatars', { count: work.avatars }) }),
      ]),
      payments.length > 0 &&
        Html.join([texts.html('person-payments'), ...payments.map((lot) => lotLine(lot, texts))]),
    ],
    '\n\n',
  );
  return { text, keyboard: keyboardOf(person, payments, texts) };
}

const openOf = (states: {
  readonly accepted?: number;
  readonly submitting?: number;
  readonly submitted?: number;
  readonly training?: number;
}): number =>
  (states.accepted ?? 0) + (states.submitting ?? 0) + (states.submitted ?? 0) + (states.training ?? 0);

/** `false`: there is nothing that limits them. */
function limitLine({ ordered, usual, own }: Person['pictures'], texts: Translator): Html | false {
  if (usual === null) return own !== null && texts.html('person-limit-later', { limit: own });
  return own === null
    ? texts.html('person-limit', { ordered, limit: usual })
    : texts.html('person-limit-own', { ordered, limit: own });
}

const lotLine = ({ payment, left }: Lot, texts: Translator): Html => {
  const { status, stars, credits, paidAt: at } = payment;
  return status === 'paid'
    ? texts.html('person-lot', { at, stars, left, credits: texts.html('count-credits', { count: credits }) })
    : texts.html(`person-lot-${status}`, { at, stars });
};

function keyboardOf(
  { user: { id: user }, block }: Person,
  lots: readonly Lot[],
  texts: Translator,
): Keyboard {
  return [
    [
      askCreditsButton.button(texts.plain('button-give'), { user, movement: 'give' }),
      askCreditsButton.button(texts.plain('button-take'), { user, movement: 'take' }),
    ],
    ...lots
      .filter(({ payment }) => payment.status === 'paid')
      .map(({ payment: { id: payment, stars, paidAt: at } }) => [
        askRefundButton.button(texts.plain('button-refund', { stars, at }), { user, payment }),
      ]),
    [
      askLimitButton.button(texts.plain('button-picture-limit'), { user }),
      personJobsButton.button(texts.plain('button-what-happened'), { user }),
    ],
    [
      block === null
        ? askBlockButton.button(texts.plain('button-block'), { user })
        : unblockButton.button(texts.plain('button-unblock'), { user }),
      askMessageButton.button(texts.plain('button-message'), { user }),
    ],
    [findPersonButton.button(texts.plain('button-find-person'), {}), ...backToAdmin(texts)],
  ];
}

import type { Months } from '../../../../application/payments/describe-months.js';
import { askCancelButton } from '../../buttons/payment-buttons.js';
import type { Keyboard } from '../../replies.js';
import { Html } from '../../wording/html.js';
import type { Translator } from '../../wording/translator.js';

/** What somebody pays for every month, and which credits go with a month; `false`: nothing of the kind. */
export function monthsText({ subscriptions, expiring }: Months, now: Date, texts: Translator): Html | false {
  const lines = [
    ...subscriptions.map(({ terms, state, until }) => {
      const key =
        state === 'canceled' ? 'month-canceled' : until > now ? 'month-active' : 'month-not-renewed-yet';
      return texts.html(key, { name: terms.name[texts.language], until });
    }),
    ...expiring.map(({ credits, at }) =>
      texts.html('month-expires', { credits: texts.html('count-credits', { count: credits }), at }),
    ),
  ];
  return lines.length > 0 && Html.join(lines);
}

/** For each that renews itself the way to end it. */
export const cancelButtons = ({ subscriptions }: Months, texts: Translator): Keyboard =>
  subscriptions
    .filter(({ state }) => state === 'active')
    .map(({ id, terms }) => [
      askCancelButton.button(texts.plain('button-cancel-month', { name: terms.name[texts.language] }), {
        subscription: id,
      }),
    ]);

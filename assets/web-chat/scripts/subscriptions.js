import { openDialog } from './dialogs.js';
import { element } from './element.js';
import { dayOf } from './format.js';
import { priceOf, starMark } from './stars.js';

/** What the person pays every month, where they can end it; and a month can be let pass here. */
export function openSubscriptions(subscriptions, context) {
  const { words } = context;
  const list = element('div', { class: 'subscriptions' });
  const show = (shown) => list.replaceChildren(...shown.map((subscription) => row(subscription)));
  const button = (label, chargeId, act) =>
    element(
      'button',
      {
        type: 'button',
        class: 'dialog-button',
        onclick: async () => {
          const answer = await context.act('subscriptions', { chargeId, act });
          if (answer !== undefined) show(answer.subscriptions);
        },
      },
      label,
    );
  const row = ({ chargeId, title, amount, until, state }) =>
    element(
      'section',
      { class: 'subscription', 'aria-label': title },
      element('h3', {}, title),
      element('p', { class: 'pay-price' }, priceOf(monthly(amount), words)),
      element('p', { class: 'pay-hint' }, words.subscriptionState[state](dayOf(until, words))),
      element(
        'div',
        { class: 'dialog-buttons' },
        state === 'over'
          ? []
          : [
              button(words.passMonth, chargeId, 'pass-month'),
              state === 'active'
                ? button(words.cancelSubscription, chargeId, 'cancel')
                : button(words.resumeSubscription, chargeId, 'resume'),
            ],
      ),
    );
  show(subscriptions);
  openDialog(
    (close) => [
      starMark(),
      element('h2', { class: 'dialog-title' }, words.subscriptions),
      list,
      element(
        'button',
        { type: 'button', class: 'pay-button', autofocus: true, onclick: close },
        words.close,
      ),
    ],
    { class: 'pay', label: words.subscriptions },
  );
}

const monthly = (amount) => ({ currency: 'XTR', total_amount: amount, isMonthly: true });

import { openDialog } from './dialogs.js';
import { element } from './element.js';
import { icon } from './icons.js';

/**
 * The dialog in which a person pays. `reference` is the message of the invoice or an invoice link;
 * a link does not say what it costs before the bot is asked.
 */
export function openInvoice(invoice, reference, context) {
  const { words } = context;
  const isStars = invoice === undefined || invoice.currency === 'XTR';
  const price =
    invoice === undefined ? '' : `${invoice.total_amount} ${isStars ? '' : invoice.currency}`.trim();
  const problem = element('p', { class: 'pay-problem', role: 'alert' });
  openDialog(
    (close) => {
      const pay = async (event) => {
        const button = event.currentTarget;
        button.disabled = true;
        button.classList.add('is-waiting');
        const outcome = await context.act('payments', { invoice: reference });
        button.disabled = false;
        button.classList.remove('is-waiting');
        if (outcome?.paid) {
          close();
          context.toast(words.paid);
        } else if (outcome !== undefined) {
          problem.textContent = outcome.reason === 'unanswered' ? words.payUnanswered : outcome.reason;
        }
      };
      return [
        element('div', { class: 'pay-star' }, icon('star')),
        element('h2', { class: 'dialog-title' }, invoice?.title ?? words.invoice),
        element('p', { class: 'dialog-text' }, invoice?.description ?? words.payAsk),
        problem,
        element(
          'button',
          { type: 'button', class: 'pay-button', autofocus: true, onclick: pay },
          `${words.confirmAndPay} `,
          isStars ? icon('star') : undefined,
          price,
        ),
        element('button', { type: 'button', class: 'pay-cancel', onclick: close }, words.cancel),
      ];
    },
    { class: 'pay', label: words.payment },
  );
}

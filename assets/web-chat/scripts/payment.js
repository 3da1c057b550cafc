import { openDialog } from './dialogs.js';
import { element } from './element.js';
import { priceOf, starMark } from './stars.js';

/**
 * The sheet in which a person pays. `reference` is the message of the invoice, or a link; what a link asks
 * for has to be asked first.
 */
export async function openInvoice(reference, context, known) {
  const invoice = known ?? (await context.act('invoices', { link: reference }));
  if (invoice === undefined) return;
  const { words } = context;
  const problem = element('p', { class: 'pay-problem', role: 'alert' });
  const label = invoice.isMonthly ? words.subscribeFor : words.confirmAndPay;
  const face = [element('span', {}, label), ...priceOf(invoice, words, { isShort: true })];
  openDialog(
    (close) => {
      const pay = async (event) => {
        const button = event.currentTarget;
        problem.replaceChildren();
        button.disabled = true;
        button.classList.add('is-waiting');
        button.replaceChildren(element('span', { role: 'status' }, words.waitingForBot));
        const outcome = await context.act('payments', { invoice: reference });
        button.disabled = false;
        button.classList.remove('is-waiting');
        button.replaceChildren(...face);
        if (outcome?.paid) {
          close();
          context.toast(invoice.isMonthly ? words.subscribed : words.paid);
        } else if (outcome !== undefined) {
          problem.textContent = outcome.reason === 'unanswered' ? words.payUnanswered : outcome.reason;
        }
      };
      return [
        starMark(),
        element('h2', { class: 'dialog-title' }, invoice.title),
        element('p', { class: 'dialog-text' }, invoice.description),
        element('p', { class: 'pay-price' }, priceOf(invoice, words)),
        invoice.isMonthly ? element('p', { class: 'pay-hint' }, words.everyMonth) : undefined,
        problem,
        element('button', { type: 'button', class: 'pay-button', autofocus: true, onclick: pay }, face),
        element('button', { type: 'button', class: 'pay-cancel', onclick: close }, words.cancel),
      ].filter((child) => child !== undefined);
    },
    { class: 'pay', label: words.payment },
  );
}

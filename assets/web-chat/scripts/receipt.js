import { openDialog } from './dialogs.js';
import { element } from './element.js';
import { dayOf, timeOf } from './format.js';
import { priceOf, starMark } from './stars.js';
import { store } from './store.js';

/** What was paid, to whom and when; `chargeId` is what a person sends to support. */
export async function openReceipt(chargeId, context) {
  const receipt = await context.act('receipts', { chargeId });
  if (receipt === undefined) return;
  const { words } = context;
  const copy = async () => {
    await navigator.clipboard.writeText(receipt.chargeId);
    context.toast(words.copied);
  };
  const lines = [
    [words.receiptTo, store.surroundings.bot.name],
    [words.receiptDate, words.dayAndTime(dayOf(receipt.date, words), timeOf(receipt.date))],
    receipt.until === undefined ? undefined : [words.paidUntil, dayOf(receipt.until, words)],
    [
      words.transaction,
      element('button', { type: 'button', class: 'receipt-id', onclick: copy }, receipt.chargeId),
    ],
  ].filter((line) => line !== undefined);
  openDialog(
    (close) => [
      starMark(),
      element('h2', { class: 'dialog-title' }, receipt.title),
      element('p', { class: 'pay-price' }, priceOf(receipt, words)),
      ...(receipt.isRefunded ? [element('p', { class: 'pay-returned' }, words.returned)] : []),
      element(
        'dl',
        { class: 'receipt' },
        lines.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]),
      ),
      element('button', { type: 'button', class: 'pay-button', autofocus: true, onclick: close }, words.ok),
    ],
    { class: 'pay', label: words.receipt },
  );
}

import { showAlert } from './dialogs.js';
import { element } from './element.js';
import { icon } from './icons.js';
import { openLink } from './links.js';
import { openInvoice } from './payment.js';
import { openReceipt } from './receipt.js';
import { withStars } from './stars.js';
import { store } from './store.js';

/** The buttons under a message. */
export function renderInlineKeyboard(message, context) {
  if (message.buttons.length === 0) return undefined;
  return element(
    'div',
    { class: 'inline-keyboard', role: 'group', 'aria-label': context.words.buttons },
    message.buttons.map((row, rowIndex) =>
      element(
        'div',
        { class: 'keyboard-row' },
        row.map((button, index) => renderButton(message, button, `${rowIndex}-${index}`, context)),
      ),
    ),
  );
}

/** The client's own button under an invoice speaks its language. */
function labelOf({ invoice, receipt }, { text, pay, isStandard }, words) {
  if (!isStandard) return pay ? withStars(text) : text;
  if (receipt !== undefined) return words.receipt;
  const { total_amount: amount, currency } = invoice;
  return withStars(words.pay(currency === 'XTR' ? `⭐ ${amount}` : `${amount} ${currency}`));
}

const corner = (name) => element('span', { class: 'button-corner' }, icon(name));

function renderButton(message, button, focus, context) {
  return element(
    'button',
    {
      type: 'button',
      class: button.style === undefined ? 'inline-button' : `inline-button is-${button.style}`,
      disabled: button.isDisabled,
      'data-focus': focus,
      onclick: (event) => press(message, button, event.currentTarget, context),
    },
    element('span', { class: 'button-label' }, labelOf(message, button, context.words)),
    button.url === undefined ? undefined : corner('link'),
    button.copies === undefined ? undefined : corner('copy'),
  );
}

async function press(message, button, pressed, context) {
  if (button.data !== undefined) await tap(message, button.data, pressed, context);
  else if (button.url !== undefined) openLink(button.url, context, { isHidden: true });
  else if (button.pay && message.receipt !== undefined) await openReceipt(message.receipt, context);
  else if (button.pay) await openInvoice(message.id, context, message.invoice);
  else if (button.copies !== undefined) {
    await navigator.clipboard.writeText(button.copies);
    context.toast(context.words.copied);
  } else if (button.inlineQuery !== undefined) {
    const text = `@${store.surroundings.bot.username} ${button.inlineQuery.query}`;
    if (button.inlineQuery.here) context.insertText(text);
    else context.visit(store.surroundings.group.id, text);
  } else context.toast(context.words.unknownButton);
}

async function tap(message, data, pressed, context) {
  pressed.classList.add('is-waiting');
  const answer = await context.act('taps', { messageId: message.id, data });
  pressed.classList.remove('is-waiting');
  if (answer === undefined) return;
  if (answer.unanswered) context.toast(context.words.unanswered);
  else if (answer.url !== undefined) openLink(answer.url, context, { isHidden: false });
  else if (answer.text && answer.show_alert)
    showAlert(store.surroundings.bot.name, answer.text, context.words);
  else if (answer.text) context.toast(answer.text);
}

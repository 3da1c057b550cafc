import { element } from './element.js';

/** Milliseconds a toast stays. */
const stay = 3500;

/** A short word over the chat, as after a tap that the bot answered without an alert. */
export function showToast(root, text) {
  for (const old of root.querySelectorAll('.toast')) old.remove();
  const toast = element('div', { class: 'toast', role: 'status' }, text);
  root.append(toast);
  setTimeout(() => toast.remove(), stay);
}

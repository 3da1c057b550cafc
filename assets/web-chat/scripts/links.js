import { confirmWith } from './dialogs.js';
import { openInvoice } from './payment.js';
import { store } from './store.js';

/** What taps on parts of a text do. */
export const linkActions = (context) => ({
  openLink: (url, options) => openLink(url, context, options),
  sendCommand: (command) => context.sendText(command),
  copy: async (text) => {
    await navigator.clipboard.writeText(text);
    context.toast(context.words.copied);
  },
});

/**
 * Opens an address the way a Telegram client does: its own kinds inside, the web in a new tab;
 * when the address does not stand in the text (`isHidden`) the person is asked first.
 */
export async function openLink(url, context, { isHidden }) {
  const inside = telegramLink(url);
  const { words } = context;
  const question = { title: words.openLink, text: words.openLinkAsk(url), agree: words.open };
  if (inside?.start !== undefined) {
    // A start is for the bot alone, also when its link stands in the group.
    const chatId = context.conversation.personId;
    await context.act('messages', { chatId, text: `/start ${inside.start}`.trim() });
  } else if (inside?.invoice) await openInvoice(url, context);
  else if (inside?.share !== undefined) context.visit(store.surroundings.group.id, inside.share);
  else if (!isHidden || (await confirmWith(question, words))) {
    window.open(url, '_blank', 'noopener,noreferrer');
  }
}

/** `t.me/<bot>?start=…`, `t.me/$<invoice>` and `t.me/share/url`; undefined for any other address. */
function telegramLink(url) {
  if (!URL.canParse(url)) return undefined;
  const { hostname, pathname, protocol, searchParams } = new URL(url);
  const isWeb = ['t.me', 'telegram.me'].includes(hostname);
  const name = protocol === 'tg:' ? searchParams.get('domain') : isWeb ? pathname.slice(1) : undefined;
  if (name?.toLowerCase() === store.surroundings.bot.username.toLowerCase()) {
    return { start: searchParams.get('start') ?? '' };
  }
  if (isWeb && name.startsWith('$')) return { invoice: true };
  if (isWeb && name.startsWith('share')) {
    const parts = [searchParams.get('text'), searchParams.get('url')];
    return { share: parts.filter(Boolean).join('\n') };
  }
  return undefined;
}

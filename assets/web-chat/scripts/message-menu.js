import { openMenu } from './popup-menu.js';
import { reactionRow } from './reactions.js';
import { store } from './store.js';

/** What can be done with a message. */
export function openMessageMenu(anchor, message, isOwn, context, point) {
  const { words } = context;
  const text = message.text ?? message.caption;
  const items = [{ label: words.reply, icon: 'reply', choose: () => context.reply(message) }];
  if (text !== undefined && !message.isProtected) {
    items.push({
      label: words.copyText,
      icon: 'copy',
      choose: async () => {
        await navigator.clipboard.writeText(text);
        context.toast(words.textCopied);
      },
    });
  }
  if (!context.isGroup && !message.isProtected) {
    const { group } = store.surroundings;
    items.push({
      label: words.forwardToGroup,
      icon: 'forward',
      choose: async () => {
        const forwarded = await context.act('forwards', { messageId: message.id, chatId: group.id });
        if (forwarded !== undefined) context.toast(words.forwarded);
      },
    });
  }
  if (isOwn && message.text !== undefined) {
    items.push({ label: words.edit, icon: 'edit', choose: () => context.edit(message) });
  }
  items.push({
    label: words.deleteForAll,
    icon: 'trash',
    isDangerous: true,
    choose: () => context.act('deletions', { messageId: message.id }),
  });
  openMenu(anchor, items, point, reactionRow(message, context));
}

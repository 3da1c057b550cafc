import { openMenu } from './popup-menu.js';

/** What can be done with a message. */
export function openMessageMenu(anchor, message, isOwn, context, point) {
  const { words } = context;
  const text = message.text ?? message.caption;
  const items = [{ label: words.reply, icon: 'reply', choose: () => context.reply(message) }];
  if (text !== undefined) {
    items.push({
      label: words.copyText,
      icon: 'copy',
      choose: async () => {
        await navigator.clipboard.writeText(text);
        context.toast(words.textCopied);
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
  openMenu(anchor, items, point);
}

import { openMenu } from './popup-menu.js';

/** What can be done with a message. */
export function openMessageMenu(anchor, message, isOwn, context, point) {
  const text = message.text ?? message.caption;
  const items = [{ label: 'Reply', icon: 'reply', choose: () => context.reply(message) }];
  if (text !== undefined) {
    items.push({
      label: 'Copy text',
      icon: 'copy',
      choose: async () => {
        await navigator.clipboard.writeText(text);
        context.toast('Text copied');
      },
    });
  }
  if (isOwn && message.text !== undefined) {
    items.push({ label: 'Edit', icon: 'edit', choose: () => context.edit(message) });
  }
  items.push({
    label: 'Delete for everyone',
    icon: 'trash',
    isDangerous: true,
    choose: () => context.act('deletions', { messageId: message.id }),
  });
  openMenu(anchor, items, point);
}

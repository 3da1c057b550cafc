import { element } from './element.js';

/** Offered in a message's menu; Telegram knows some seventy. */
const quick = ['❤', '👍', '👎', '🔥', '😁', '😢', '🎉'];

const ownReaction = (message, context) => message.personReactions?.[context.conversation.personId];

function choose(message, emoji, context) {
  const taken = ownReaction(message, context) === emoji ? '' : emoji;
  return context.act('reactions', { messageId: message.id, emoji: taken });
}

/** A row of emoji above the menu's items; the chosen one is taken back by another press. */
export function reactionRow(message, context) {
  const mine = ownReaction(message, context);
  return {
    label: context.words.react,
    buttons: quick.map((emoji) => ({
      emoji,
      isChosen: emoji === mine,
      choose: () => choose(message, emoji, context),
    })),
  };
}

/** What the bot and people reacted with, each emoji once with its number. */
export function renderReactions(message, context) {
  const all = [...(message.reactions ?? []), ...Object.values(message.personReactions ?? {})];
  const mine = ownReaction(message, context);
  return [...new Set(all)].map((emoji) => {
    const count = all.filter((other) => other === emoji).length;
    return element(
      'button',
      {
        type: 'button',
        class: emoji === mine ? 'reaction is-mine' : 'reaction',
        'aria-pressed': String(emoji === mine),
        'data-focus': `reaction-${emoji}`,
        onclick: () => choose(message, emoji, context),
      },
      emoji,
      count > 1 ? element('span', {}, String(count)) : undefined,
    );
  });
}

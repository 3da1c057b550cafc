import type { ReactionType, ReactionTypeEmoji } from 'grammy/types';
import { badRequest } from '../bot-api-error.js';

/** Those that everybody has. Without the sign U+FE0F behind a heart or a lightning: with it Telegram refuses them. */
const emoji =
  '❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡'.split(
    ' ',
  );

export const isReaction = (sign: string): sign is ReactionTypeEmoji['emoji'] => emoji.includes(sign);

export const reactionsOf = (signs: readonly string[]): ReactionType[] =>
  signs.filter(isReaction).map((sign) => ({ type: 'emoji', emoji: sign }));

/**
 * The bot's new reaction to a message: none, or one emoji. What only servers check is not public: the words for a second
 * emoji, a custom one and one that nobody has are those of `messages.sendReaction`.
 * @throws BotApiError 400
 */
export function readReactions(given: unknown): string[] {
  if (given === undefined || given === null) return [];
  if (!Array.isArray(given)) throw badRequest('expected an Array of ReactionType');
  const signs = given.map(readReaction);
  if (!signs.every(isReaction)) throw badRequest('REACTION_INVALID');
  if (signs.length > 1) throw badRequest('REACTIONS_TOO_MANY');
  return signs;
}

/** Empty for a custom emoji: there are none here. */
function readReaction(given: unknown): string {
  if (typeof given !== 'object' || given === null) throw unparsable('expected an Object');
  const { type, emoji: sign } = given as Record<string, unknown>;
  if (type === undefined) throw unparsable('Can\'t find field "type"');
  if (type === 'custom_emoji') return '';
  if (type !== 'emoji') throw unparsable('invalid reaction type specified');
  if (sign === undefined) throw unparsable('Can\'t find field "emoji"');
  if (sign === '') throw badRequest('invalid reaction type specified');
  return String(sign);
}

const unparsable = (what: string): Error => badRequest(`can't parse ReactionType: ${what}`);

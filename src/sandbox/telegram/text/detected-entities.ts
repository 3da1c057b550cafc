import type { MessageEntity } from 'grammy/types';

type Detected = 'mention' | 'hashtag' | 'cashtag' | 'bot_command' | 'url' | 'email';

/** Earlier patterns win over later ones where they overlap. */
const patterns: readonly (readonly [Detected, RegExp])[] = [
  ['email', /(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?![\w-])/giu],
  ['url', /(?<![\w@])(?:https?:\/\/|tg:\/\/)[^\s<>"]*[^\s<>".,:;!?)\]}'»]/giu],
  [
    'url',
    /(?<![\w@./-])(?:[a-z0-9-]+\.)+(?:com|org|net|me|ai|io|dev|app|run|ru|eu|info)(?:\/[^\s<>"]*[^\s<>".,:;!?)\]}'»])?(?![\w@-])/giu,
  ],
  ['bot_command', /(?<![\p{L}\p{N}_/<>])\/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z0-9_]{3,32})?(?![\p{L}\p{N}_/])/gu],
  ['mention', /(?<![\p{L}\p{N}_])@[a-zA-Z][a-zA-Z0-9_]{2,31}(?![\p{L}\p{N}_])/gu],
  ['hashtag', /(?<![\p{L}\p{N}_&/])#(?=\d*[\p{L}_])[\p{L}\p{N}_]{1,256}/gu],
  ['cashtag', /(?<![\p{L}\p{N}_$])\$[A-Z]{1,8}(?![\p{L}\p{N}_])/gu],
];

/** What Telegram marks by itself: links, addresses, commands, mentions, tags. Never inside code or links. */
export function detectEntities({
  text,
  entities,
}: {
  readonly text: string;
  readonly entities: readonly MessageEntity[];
}): MessageEntity[] {
  const taken = entities.filter(({ type }) => ['code', 'pre', 'text_link', 'text_mention'].includes(type));
  const found: MessageEntity[] = [];
  for (const [type, pattern] of patterns) {
    for (const match of text.matchAll(pattern)) {
      const entity = { type, offset: match.index, length: match[0].length };
      if (![...taken, ...found].some((other) => overlaps(entity, other))) found.push(entity);
    }
  }
  return found;
}

const overlaps = (
  one: { offset: number; length: number },
  other: { offset: number; length: number },
): boolean => one.offset < other.offset + other.length && other.offset < one.offset + one.length;

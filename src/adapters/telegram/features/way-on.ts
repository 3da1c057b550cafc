import type { BotContext, BotUser } from '../bot-context.js';
import type { BotServices } from '../bot-services.js';
import { newAvatarButton } from '../buttons/avatar-buttons.js';
import * as open from '../buttons/start-buttons.js';
import type { Keyboard } from '../replies.js';
import type { Translator } from '../wording/translator.js';

type Asked = Pick<BotContext, 'chat' | 'me'> & { readonly user: Pick<BotUser, 'texts'> };

/** Where a message leads that asks for nothing. In a group to the private chat: elsewhere all would see its screens. */
export function wayOn({ user: { texts }, chat, me }: Asked, help = true): Keyboard {
  return chat?.type === 'private'
    ? wayOnHere(texts, help)
    : [[{ text: texts.plain('button-open-chat'), url: `https://t.me/${me.username}` }]];
}

/** The same for a private chat. */
export const wayOnHere = (texts: Translator, help = true): Keyboard => [
  [open.openGenerateButton.button(texts.plain('button-use-avatar'), {})],
  ...(help ? helpHere(texts) : []),
];

const helpHere = (texts: Translator): Keyboard => [
  [open.openHelpButton.button(texts.plain('button-open-help'), {})],
];

/** Where a screen leads that is also read by somebody who has no avatar yet: then to one. */
export async function firstWayOn(
  context: BotContext,
  { database }: Pick<BotServices, 'database'>,
  help = false,
): Promise<Keyboard> {
  const { id, texts } = context.user;
  const avatars = await database.stores.avatars.list(id);
  return context.chat?.type !== 'private' || avatars.some(({ status }) => status === 'ready')
    ? wayOn(context, help)
    : [[newAvatarButton.button(texts.plain('button-make-avatar'), {})], ...(help ? helpHere(texts) : [])];
}

import type { Chat } from 'grammy/types';
import { forwardOf } from '../bot-api/forwarding.js';
import { replyContent } from '../bot-api/messages/replying.js';
import { userOf } from '../people.js';
import type { ChatMessage, MessageContent } from '../state/message-store.js';
import type { World } from '../state/world.js';
import { isForBot } from './addressing.js';

export interface SendOptions {
  /** The group's id; the person's private chat when not given. */
  readonly chatId?: number;
  /** Id of the message that this one answers. */
  readonly replyTo?: number;
}

/** A person's message: into the chat, and to the bot when it is meant to see it. */
export function postFromPerson(
  world: World,
  personId: number,
  content: MessageContent,
  { chatId = personId, replyTo }: SendOptions = {},
  extra: Partial<ChatMessage> = {},
): ChatMessage {
  const chat = openChat(world, personId, chatId);
  const replied = replyTo === undefined ? undefined : world.messages.find(chatId, replyTo);
  const said = { ...content, ...(replied === undefined ? {} : replyContent(replied)) };
  const posted = world.post(chat, userOf(world.person(personId)), said, extra);
  if (isForBot(posted.message, world)) world.tellBot(posted.message);
  return posted;
}

/** A person sends on what stands in their chat with the bot. */
export function forwardFromPerson(
  world: World,
  personId: number,
  messageId: number,
  chatId: number,
): ChatMessage {
  const source = world.messages.find(personId, messageId);
  if (source === undefined) throw new Error(`Chat ${personId} has no message ${messageId}`);
  if (source.message.has_protected_content)
    throw new Error(`Message ${messageId} is protected: nobody can forward it`);
  const { content, extra } = forwardOf(source, world);
  return postFromPerson(world, personId, content, { chatId }, extra);
}

/** Where a message comes from that somebody sends on. Whoever hides in their settings is no more than a name. */
export function originOf(
  world: World,
  author: number | { readonly hidden: string },
): Pick<MessageContent, 'forward_origin'> {
  const date = Math.floor(Date.now() / 1000);
  return {
    forward_origin:
      typeof author === 'number'
        ? { type: 'user', date, sender_user: userOf(world.person(author)) }
        : { type: 'hidden_user', date, sender_user_name: author.hidden },
  };
}

/** The chat a person writes in; writing to the bot the first time is what makes it known to the bot. */
function openChat(world: World, personId: number, chatId: number): Chat {
  const chat = world.chat(chatId);
  if (chat === undefined || (chat.type === 'private' && chatId !== personId)) {
    throw new Error(`Person ${personId} has no chat ${chatId}`);
  }
  const { started, blocked } = world.chatState(chatId);
  if (blocked) throw new Error(`Person ${personId} has blocked the bot`);
  if (!started) world.changeChat(chatId, { started: true });
  return chat;
}

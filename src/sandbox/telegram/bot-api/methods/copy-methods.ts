import type { Message } from 'grammy/types';
import { badRequest } from '../../bot-api-error.js';
import type { ChatMessage, MessageContent } from '../../state/message-store.js';
import type { World } from '../../state/world.js';
import { readCaption } from '../caption.js';
import { copyOf, forwardOf } from '../forwarding.js';
import { newAlbumId } from '../messages/album-id.js';
import { readMessageIds } from '../messages/message-ids.js';
import { method } from '../method.js';
import type { Fields } from '../method-parameters.js';
import { postFromBot, readMarkup, readPlacement } from '../placement.js';

export const copyMethods = [
  method('copyMessage', (parameters, world) => {
    const placement = readPlacement(parameters, world);
    const markup = readMarkup(parameters);
    const content = copyOf(findSource(parameters, world, 'message to copy not found').message);
    if (content.invoice !== undefined) throw badRequest("message can't be copied");
    const copied = parameters.has('caption') ? withCaption(content, readCaption(parameters)) : content;
    return { message_id: postFromBot(world, placement, copied, markup).message.message_id };
  }),
  method('forwardMessage', (parameters, world) => {
    const chat = world.chatToSendTo(parameters.chatId('chat_id'));
    const source = findSource(parameters, world, 'message to forward not found');
    // Bots may copy it all the same: `forward_messages` in td/telegram/MessagesManager.cpp.
    if (source.message.has_protected_content)
      throw badRequest("message has protected content and can't be forwarded");
    const { content, extra } = forwardOf(source, world);
    const isProtected = parameters.flag('protect_content');
    return postFromBot(world, { chat, replyTo: {}, isProtected }, content, {}, extra).message;
  }),
  method('copyMessages', (parameters, world) => {
    const { chat, sources, isProtected } = readSeveral(parameters, world);
    const copied = sources.flatMap(({ message }) => {
      const content = copyOf(message);
      if (Object.keys(content).length === 0 || content.invoice !== undefined) return [];
      const kept = parameters.flag('remove_caption') ? withCaption(content, {}) : content;
      return [{ message, content: kept }];
    });
    if (copied.length === 0) throw badRequest('message to copy not found');
    const albums = newAlbums();
    return copied.map(({ message, content }) => {
      const placement = { chat, replyTo: {}, isProtected };
      return idOf(postFromBot(world, placement, { ...content, ...albums(message) }));
    });
  }),
  method('forwardMessages', (parameters, world) => {
    const { chat, sources, isProtected } = readSeveral(parameters, world);
    const open = sources.filter(({ message }) => !message.has_protected_content);
    if (open.length === 0) throw badRequest('message to forward not found');
    const albums = newAlbums();
    return open.map((source) => {
      const { content, extra } = forwardOf(source, world);
      const grouped = { ...content, ...albums(source.message) };
      return idOf(postFromBot(world, { chat, replyTo: {}, isProtected }, grouped, {}, extra));
    });
  }),
];

/** Those of the messages that are there: the others are left out. */
function readSeveral(
  parameters: Fields<'chat_id' | 'from_chat_id' | 'message_ids' | 'protect_content'>,
  world: World,
) {
  const chat = world.chatToSendTo(parameters.chatId('chat_id'));
  const from = world.chatForBot(parameters.chatId('from_chat_id'));
  const sources = readMessageIds(parameters).flatMap((id) => world.messages.find(from.id, id) ?? []);
  return { chat, sources, isProtected: parameters.flag('protect_content') };
}

/** What was one album is one again, under a name of its own. */
function newAlbums(): (message: Message) => MessageContent {
  const names = new Map<string, string>();
  return ({ media_group_id: old }) => {
    if (old === undefined) return {};
    const media_group_id = names.get(old) ?? newAlbumId();
    names.set(old, media_group_id);
    return { media_group_id };
  };
}

const idOf = ({ message }: ChatMessage) => ({ message_id: message.message_id });

/** Only a photo or file has a caption to be replaced. */
function withCaption(content: MessageContent, caption: MessageContent): MessageContent {
  if (content.photo === undefined && content.document === undefined) return content;
  const { caption: _, caption_entities: __, ...bare } = content;
  return { ...bare, ...caption };
}

function findSource(
  parameters: Fields<'from_chat_id' | 'message_id'>,
  world: World,
  missing: string,
): ChatMessage {
  const chat = world.chatForBot(parameters.chatId('from_chat_id'));
  const found = world.messages.find(chat.id, parameters.integer('message_id') ?? 0);
  if (found === undefined) throw badRequest(missing);
  return found;
}

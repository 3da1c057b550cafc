import type { ChatFullInfo, ChatMember } from 'grammy/types';
import { badRequest } from '../../bot-api-error.js';
import { userOf } from '../../people.js';
import type { ChatMessage } from '../../state/message-store.js';
import type { World } from '../../state/world.js';
import { readMessageIds } from '../messages/message-ids.js';
import { method } from '../method.js';
import type { Fields } from '../method-parameters.js';
import { readReactions } from '../reactions.js';

/** How old a message may be, in seconds, when the bot deletes it. */
const deletableFor = 48 * 60 * 60;

const chatActions = [
  'typing',
  'upload_photo',
  'record_video',
  'upload_video',
  'record_voice',
  'upload_voice',
  // The two before them had these names until Bot API 5.0.
  'record_audio',
  'upload_audio',
  'upload_document',
  'choose_sticker',
  'find_location',
  'record_video_note',
  'upload_video_note',
];

export const chatMethods = [
  method('sendChatAction', (parameters, world) => {
    const chat = world.chatToSendTo(parameters.chatId('chat_id'));
    const action = parameters.text('action');
    if (!chatActions.includes(action)) throw badRequest('wrong parameter action in request');
    world.events.emit({ type: 'action', chatId: chat.id, action });
    return true;
  }),
  method('deleteMessage', (parameters, world) => {
    const chat = world.chatForBot(parameters.chatId('chat_id'));
    const id = parameters.integer('message_id');
    if (id === undefined) throw badRequest('message identifier is not specified');
    const found = world.messages.find(chat.id, id);
    if (found === undefined) throw badRequest('message to delete not found');
    if (!mayDelete(found, world)) throw badRequest("message can't be deleted for everyone");
    removeMessage(found, world);
    return true;
  }),
  method('deleteMessages', (parameters, world) => {
    const chat = world.chatForBot(parameters.chatId('chat_id'));
    for (const id of readMessageIds(parameters)) {
      const found = world.messages.find(chat.id, id);
      if (found !== undefined && mayDelete(found, world)) removeMessage(found, world);
    }
    return true;
  }),
  method('setMessageReaction', (parameters, world) => {
    const reactions = readReactions(parameters.json('reaction', 'reaction types'));
    const found = findMessage(parameters, world, 'message to react not found');
    world.messages.put({ ...found, reactions });
    world.events.emit({ type: 'edited', chatId: found.chatId, messageId: found.message.message_id });
    return true;
  }),
  method('pinChatMessage', (parameters, world) => {
    const { chatId, message } = findMessage(parameters, world, 'message to pin not found');
    const others = (world.chatState(chatId).pinned ?? []).filter((id) => id !== message.message_id);
    world.changeChat(chatId, { pinned: [...others, message.message_id] });
    world.post(message.chat, world.botSender, { pinned_message: message });
    return true;
  }),
  method('unpinChatMessage', (parameters, world) => {
    const chat = world.chatForBot(parameters.chatId('chat_id'));
    const pinned = world.chatState(chat.id).pinned ?? [];
    const id = parameters.integer('message_id') ?? pinned.at(-1);
    world.changeChat(chat.id, { pinned: pinned.filter((other) => other !== id) });
    return true;
  }),
  method('unpinAllChatMessages', (parameters, world) => {
    const chat = world.chatForBot(parameters.chatId('chat_id'));
    world.changeChat(chat.id, { pinned: [] });
    return true;
  }),
  method('getChat', (parameters, world) => {
    const chat = world.chatForBot(parameters.chatId('chat_id'));
    const pinned = world.messages.find(chat.id, world.chatState(chat.id).pinned?.at(-1) ?? 0);
    const full: ChatFullInfo = {
      ...chat,
      accent_color_id: 0,
      max_reaction_count: 11,
      accepted_gift_types: {
        unlimited_gifts: false,
        limited_gifts: false,
        unique_gifts: false,
        premium_subscription: false,
        gifts_from_channels: false,
      },
      ...(pinned === undefined ? {} : { pinned_message: pinned.message }),
    };
    return full;
  }),
  method('getChatMember', (parameters, world) => {
    const chat = world.chatForBot(parameters.chatId('chat_id'));
    return memberOf(world, chat.id, parameters.integer('user_id'));
  }),
  method('getChatMemberCount', (parameters, world) =>
    world.chatForBot(parameters.chatId('chat_id')).type === 'private' ? 2 : world.allPeople().length + 1,
  ),
];

function memberOf(world: World, chatId: number, userId = 0): ChatMember {
  if (userId <= 0) throw badRequest('invalid user_id specified');
  if (userId === world.bot.id) return { status: 'member', user: world.botSender };
  const person = world.allPeople().find(({ id }) => id === userId);
  if (person === undefined || (chatId > 0 && chatId !== userId)) throw badRequest('PARTICIPANT_ID_INVALID');
  return { status: 'member', user: userOf(person) };
}

/** In a private chat the bot may delete everything for 48 hours; in a group only its own messages. */
function mayDelete({ message, chatId }: ChatMessage, world: World): boolean {
  const isYoung = world.seconds() - message.date <= deletableFor;
  return isYoung && (chatId > 0 || message.from?.id === world.bot.id);
}

export function removeMessage(found: ChatMessage, world: World): void {
  world.messages.remove(found);
  world.events.emit({ type: 'deleted', chatId: found.chatId, messageId: found.message.message_id });
}

function findMessage(
  parameters: Fields<'chat_id' | 'message_id'>,
  world: World,
  missing: string,
): ChatMessage {
  const chat = world.chatForBot(parameters.chatId('chat_id'));
  const found = world.messages.find(chat.id, parameters.integer('message_id') ?? 0);
  if (found === undefined) throw badRequest(missing);
  return found;
}

import { badRequest } from '../../bot-api-error.js';
import type { ChatMessage } from '../../state/message-store.js';
import type { World } from '../../state/world.js';
import { readCaption } from '../caption.js';
import { contentOf, forwardOf } from '../forwarding.js';
import { method } from '../method.js';
import type { Fields } from '../method-parameters.js';
import { postFromBot, readMarkup, readPlacement } from '../placement.js';

export const copyMethods = [
  method('copyMessage', (parameters, world) => {
    const placement = readPlacement(parameters, world);
    const markup = readMarkup(parameters);
    const content = contentOf(findSource(parameters, world, 'message to copy not found').message);
    if (content.invoice !== undefined) throw badRequest("message can't be copied");
    const { caption: _, caption_entities: __, ...withoutCaption } = content;
    const isMedia = content.photo !== undefined || content.document !== undefined;
    const copied =
      parameters.has('caption') && isMedia ? { ...withoutCaption, ...readCaption(parameters) } : content;
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
];

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

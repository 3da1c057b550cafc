import { badRequest } from '../../bot-api-error.js';
import { having } from '../../state/message-store.js';
import { linkPreview } from '../messages/link-preview.js';
import { method } from '../method.js';
import { postFromBot, readAnyText, readMarkup, readPlacement, readText, textContent } from '../placement.js';

export const textMethods = [
  method('sendMessage', (parameters, world) => {
    const placement = readPlacement(parameters, world);
    const markup = readMarkup(parameters);
    const text = readText(parameters, 'message is too long');
    const preview = linkPreview(parameters.json('link_preview_options', 'link preview options'));
    const content = { ...textContent(text), ...preview };
    return having(postFromBot(world, placement, content, markup).message, 'text');
  }),
  method('sendMessageDraft', (parameters, world) => {
    const chat = world.chatToSendTo(parameters.chatId('chat_id'));
    if (chat.type !== 'private') throw badRequest('TEXTDRAFT_PEER_INVALID');
    const id = parameters.integer('draft_id');
    if (id === undefined || id === 0) throw badRequest('draft_id must be non-zero');
    const { text, entities } = readAnyText(parameters, 'message is too long');
    const canStop = parameters.flag('can_stop');
    world.drafts.show(chat.id, { id, text, entities, canStop, keepOnStop: parameters.flag('keep_on_stop') });
    return true;
  }),
];

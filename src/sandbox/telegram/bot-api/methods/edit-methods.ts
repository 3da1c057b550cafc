import { badRequest } from '../../bot-api-error.js';
import { having, type MessageContent } from '../../state/message-store.js';
import type { World } from '../../state/world.js';
import { captionAbove, readCaption, readItemCaption } from '../caption.js';
import { applyEdit, findEdited, readEditedKeyboard } from '../editing.js';
import { resolveAttachment, toDocument, toPhoto } from '../input-file.js';
import { linkPreview } from '../messages/link-preview.js';
import { method } from '../method.js';
import type { Fields } from '../method-parameters.js';
import { readText, textContent } from '../placement.js';

export const editMethods = [
  method('editMessageText', (parameters, world) => {
    const edited = findEdited(parameters, world);
    if (parameters.has('rich_message'))
      throw badRequest('rich messages are unsupported: the sandbox does not know them yet');
    const text = readText(parameters, 'MESSAGE_TOO_LONG');
    const keyboard = readEditedKeyboard(parameters);
    if (edited.message.text === undefined) throw badRequest('there is no text in the message to edit');
    const preview = linkPreview(parameters.json('link_preview_options', 'link preview options'));
    const message = applyEdit(world, edited, { ...textContent(text), ...preview }, keyboard);
    return edited.inlineMessageId === undefined
      ? { ...having(message, 'text'), edit_date: message.edit_date }
      : true;
  }),
  method('editMessageCaption', (parameters, world) => {
    const edited = findEdited(parameters, world);
    const caption = readCaption(parameters, 'MEDIA_CAPTION_TOO_LONG');
    const keyboard = readEditedKeyboard(parameters);
    const { photo, document } = edited.message;
    if (photo === undefined && document === undefined) {
      throw badRequest('there is no caption in the message to edit');
    }
    const media = {
      ...(photo === undefined ? {} : { photo, ...captionAbove(parameters.text('show_caption_above_media')) }),
      ...(document === undefined ? {} : { document }),
    };
    const message = applyEdit(world, edited, { ...media, ...caption }, keyboard);
    return edited.inlineMessageId === undefined ? { ...message, caption: message.caption ?? '' } : true;
  }),
  method('editMessageMedia', async (parameters, world) => {
    const edited = findEdited(parameters, world);
    const keyboard = readEditedKeyboard(parameters);
    const media = await readNewMedia(parameters, world);
    if (
      edited.message.media_group_id !== undefined &&
      (media.document !== undefined) !== (edited.message.document !== undefined)
    ) {
      throw badRequest("message content type can't be changed in an album");
    }
    if (edited.message.invoice !== undefined) throw badRequest("message can't be edited");
    const message = applyEdit(world, edited, media, keyboard);
    return edited.inlineMessageId === undefined ? message : true;
  }),
  method('editMessageReplyMarkup', (parameters, world) => {
    const edited = findEdited(parameters, world);
    const { reply_markup: _, ...content } = edited.message;
    const keyboard = readEditedKeyboard(parameters, { forInvoice: content.invoice !== undefined });
    const message = applyEdit(world, edited, content, keyboard);
    return edited.inlineMessageId === undefined ? message : true;
  }),
];

async function readNewMedia(parameters: Fields<'media'>, world: World): Promise<MessageContent> {
  const media = parameters.json('media', 'media');
  if (typeof media !== 'object' || media === null || !('media' in media) || typeof media.media !== 'string') {
    throw badRequest("can't parse InputMedia: media not found");
  }
  const given = resolveAttachment(parameters, media.media);
  const caption = readItemCaption({ ...media }, 'MEDIA_CAPTION_TOO_LONG');
  const type = 'type' in media ? media.type : undefined;
  if (type === 'photo') {
    const isAbove = 'show_caption_above_media' in media && media.show_caption_above_media;
    return { ...caption, ...captionAbove(isAbove), photo: await toPhoto(world, given) };
  }
  if (type === 'document') return { ...caption, document: await toDocument(world, given) };
  throw badRequest(`can't parse InputMedia: type "${String(type)}" is not supported in the sandbox`);
}

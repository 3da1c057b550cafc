import { badRequest } from '../../bot-api-error.js';
import { having } from '../../state/message-store.js';
import { applyEdit, findEdited, readEditedKeyboard } from '../editing.js';
import { method } from '../method.js';
import { readText, textContent } from '../placement.js';

export const editMethods = [
  method('editMessageText', (parameters, world) => {
    const edited = findEdited(parameters, world);
    const text = readText(parameters, 'MESSAGE_TOO_LONG');
    const keyboard = readEditedKeyboard(parameters);
    if (edited.message.text === undefined) throw badRequest('there is no text in the message to edit');
    const message = applyEdit(world, edited, textContent(text), keyboard);
    return edited.inlineMessageId === undefined
      ? { ...having(message, 'text'), edit_date: message.edit_date }
      : true;
  }),
  method('editMessageReplyMarkup', (parameters, world) => {
    const edited = findEdited(parameters, world);
    const { reply_markup: _, ...content } = edited.message;
    const message = applyEdit(world, edited, content, readEditedKeyboard(parameters));
    return edited.inlineMessageId === undefined ? message : true;
  }),
];

import type { Message } from 'grammy/types';
import type { MessageContent } from '../../state/message-store.js';

type Field = keyof Message;

/** What a message says and shows, whoever has sent it and wherever it stands. */
export const saidAndShown = [
  'text',
  'entities',
  'link_preview_options',
  'caption',
  'caption_entities',
  'show_caption_above_media',
  'photo',
  'document',
] as const satisfies readonly Field[];

/** Those of its fields that are there. */
export const contentOf = (message: Message, fields: readonly Field[]): MessageContent =>
  Object.fromEntries(
    fields.flatMap((field) => (message[field] === undefined ? [] : [[field, message[field]]])),
  );

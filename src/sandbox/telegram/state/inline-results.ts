import type { InlineKeyboardMarkup } from 'grammy/types';
import type { MessageContent } from './message-store.js';

/** One thing that inline mode offers, ready to be sent. */
export interface InlineResult {
  readonly id: string;
  readonly type: 'article' | 'photo' | 'document';
  readonly title?: string;
  readonly description?: string;
  /** `file_id` or address of a small picture. */
  readonly thumbnail?: string;
  readonly content: MessageContent;
  readonly keyboard?: InlineKeyboardMarkup;
}

export interface InlineAnswer {
  readonly results: readonly InlineResult[];
  readonly nextOffset: string;
  /** A button above the results that opens the bot with a start parameter. */
  readonly button?: { readonly text: string; readonly startParameter: string };
}

import type { MessageEntity } from 'grammy/types';

/** Text with its entities; offsets and lengths count UTF-16 units, as in the Bot API. */
export interface FormattedText {
  readonly text: string;
  readonly entities: MessageEntity[];
}

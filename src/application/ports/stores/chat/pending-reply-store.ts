import type { UserId } from '../../../../domain/ids.js';

export const replyKinds = [
  /** The prompt of a form; `subject` is its id and, after a space, the message that asks for it. */
  'prompt',
  /** A new name for an avatar; `subject` is its id. */
  'avatar-name',
  /** Words to look for in prompts; `subject` is a gallery view. */
  'gallery-words',
  /** A page number; `subject` is a gallery view. */
  'gallery-page',
  /** Type and trigger of a LoRA file that was sent in; `subject` is JSON about it. */
  'lora-file',
  /** The rest of a text that was cut; `subject` is the id of its last message. */
  'rest-of-text',
] as const;

/** What the next text of a person in a chat is about. */
export interface PendingReply {
  readonly owner: UserId;
  /** A chat of the transport. */
  readonly chat: string;
  readonly kind: (typeof replyKinds)[number];
  readonly subject: string;
}

export interface PendingReplyStore {
  /** Replaces what was expected before. */
  expect(pendingReply: PendingReply, now: Date): Promise<void>;
  find(owner: UserId, chat: string): Promise<PendingReply | null>;
  /** False when nothing was expected. */
  clear(owner: UserId, chat: string): Promise<boolean>;
}

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
  /** A name for a new key; `subject` is what it may do and for how long. */
  'key-name',
  /** What an operator was asked; `subject` is a word of what about and, after a space, its id. */
  'operator',
  /** The rest of a text that was cut; `subject` is the id of its last message. */
  'rest-of-text',
  /** A message of an operator's to everybody; `subject`: nothing, or a language and the intent of the message that it stands beside. */
  'broadcast',
  /** What somebody says against their block; `subject` is when it began. */
  'appeal',
] as const;

/** What a text of a person in a chat may be about. */
export interface PendingReply {
  readonly owner: UserId;
  /** A chat of the transport. */
  readonly chat: string;
  readonly kind: (typeof replyKinds)[number];
  readonly subject: string;
}

export interface PendingReplyStore {
  /** Replaces what was expected of its kind; what else is expected stays. */
  expect(pendingReply: PendingReply, now: Date): Promise<void>;
  /** Newest first. */
  list(owner: UserId, chat: string): Promise<PendingReply[]>;
  clear(owner: UserId, chat: string, kind: PendingReply['kind']): Promise<void>;
}

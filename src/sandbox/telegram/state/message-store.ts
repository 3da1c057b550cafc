import type { ForceReply, Message, ReplyKeyboardMarkup, ReplyKeyboardRemove } from 'grammy/types';
import type { Collection } from './journal.js';
import type { InvoiceTerms } from './payments.js';

/** What a message says: everything of a Bot API message but its place in a chat. */
export type MessageContent = Partial<Omit<Message, 'message_id' | 'chat' | 'date'>>;
/** The keyboards that belong to a chat rather than to a message. */
export type ReplyKeyboard = ReplyKeyboardMarkup | ReplyKeyboardRemove | ForceReply;

/** A message as the sandbox keeps it. A deleted one stays as an empty shell, so that its id is never used again. */
export interface ChatMessage {
  readonly chatId: number;
  /** As the Bot API shows it, the inline keyboard included. */
  readonly message: Message;
  readonly replyKeyboard?: ReplyKeyboard;
  readonly edits: number;
  /** More than its keyboard was edited, so people see it marked as edited. */
  readonly rewritten?: true;
  /** Emoji that the bot reacted with. */
  readonly reactions?: readonly string[];
  /** Emoji that people reacted with, by their ids: one each. */
  readonly personReactions?: Readonly<Record<string, string>>;
  readonly deleted?: true;
  /** What its invoice asks for, or what its payment or refund was for. */
  readonly invoiceTerms?: InvoiceTerms;
  /** Charge id with which its invoice was paid here. */
  readonly receipt?: string;
  /** Of a message sent through inline mode: the id under which the bot may edit it. */
  readonly inlineMessageId?: string;
}

/** Messages by chat. Ids grow for ever: all private chats share one count, a group has its own, as at Telegram. */
export class MessageStore {
  private readonly byChat = new Map<number, number[]>();
  private readonly lastIds = new Map<'private' | number, number>();

  constructor(private readonly messages: Collection<ChatMessage>) {
    for (const message of messages.values()) this.index(message);
  }

  /** The next free id in this chat. */
  nextId(chatId: number): number {
    return (this.lastIds.get(counterOf(chatId)) ?? 0) + 1;
  }

  find(chatId: number, messageId: number): ChatMessage | undefined {
    const found = this.messages.get(`${chatId}:${messageId}`);
    return found?.deleted ? undefined : found;
  }

  findInline(inlineMessageId: string): ChatMessage | undefined {
    for (const message of this.messages.values()) {
      if (message.inlineMessageId === inlineMessageId && !message.deleted) return message;
    }
    return undefined;
  }

  /** Oldest first, without the deleted ones. */
  of(chatId: number): ChatMessage[] {
    return (this.byChat.get(chatId) ?? []).flatMap((id) => this.find(chatId, id) ?? []);
  }

  put(message: ChatMessage): ChatMessage {
    const isNew = this.messages.get(keyOf(message)) === undefined;
    this.messages.set(keyOf(message), message);
    if (isNew) this.index(message);
    return message;
  }

  remove({ chatId, message: { message_id, chat, date }, edits }: ChatMessage): void {
    const shell: Message = { message_id, chat, date };
    this.messages.set(`${chatId}:${message_id}`, { chatId, message: shell, edits, deleted: true });
  }

  private index({ chatId, message: { message_id } }: ChatMessage): void {
    const counter = counterOf(chatId);
    this.lastIds.set(counter, Math.max(this.lastIds.get(counter) ?? 0, message_id));
    const ids = this.byChat.get(chatId);
    if (ids === undefined) this.byChat.set(chatId, [message_id]);
    else ids.push(message_id);
  }
}

/** The message with a field that it is known to have. */
export function having<Field extends keyof Message>(
  message: Message,
  field: Field,
): Message & Record<Field, NonNullable<Message[Field]>> {
  const has = (candidate: Message): candidate is Message & Record<Field, NonNullable<Message[Field]>> =>
    candidate[field] !== undefined;
  if (has(message)) return message;
  throw new Error(`Message ${message.message_id} has no ${field}`);
}

const keyOf = ({ chatId, message }: ChatMessage): string => `${chatId}:${message.message_id}`;
const counterOf = (chatId: number): 'private' | number => (chatId > 0 ? 'private' : chatId);

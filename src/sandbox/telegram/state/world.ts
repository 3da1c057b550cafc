import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Chat, MenuButton, Message, Update, User, UserFromGetMe } from 'grammy/types';
import { BotApiError, badRequest } from '../bot-api-error.js';
import { FileStore } from '../media/file-store.js';
import { type Person, privateChatOf, senderOf } from '../people.js';
import { LongPolling } from '../updates/long-polling.js';
import { UpdateQueue } from '../updates/update-queue.js';
import { Webhook } from '../updates/webhook.js';
import { BotProfile } from './bot-profile.js';
import { ChatEvents } from './chat-events.js';
import { Drafts } from './drafts.js';
import { Journal } from './journal.js';
import { type ChatMessage, type MessageContent, MessageStore } from './message-store.js';
import { Payments } from './payments.js';
import { Queries } from './queries.js';
import { Subscriptions } from './subscriptions.js';

/** What a chat remembers besides its messages. */
export interface ChatState {
  /** The person has written to the bot at least once; before that the bot cannot find the chat. */
  readonly started?: boolean;
  readonly blocked?: boolean;
  /** Message ids, the latest pin last. */
  readonly pinned?: readonly number[];
  readonly menuButton?: MenuButton;
}

export interface WorldOptions {
  readonly folder: string;
  readonly bot: UserFromGetMe;
  readonly people: readonly Person[];
  readonly now: () => Date;
}

export const demoGroupId = -1_001_000_000_001;

/** Everything the local Telegram remembers: people, chats, messages, files, what the bot has not been told yet. */
export class World {
  readonly events = new ChatEvents();
  readonly messages: MessageStore;
  readonly drafts: Drafts;
  readonly files: FileStore;
  readonly updates: UpdateQueue;
  readonly polling: LongPolling;
  readonly webhook: Webhook;
  readonly profile: BotProfile;
  readonly queries: Queries;
  readonly payments: Payments;
  readonly subscriptions: Subscriptions;
  readonly bot: UserFromGetMe;
  readonly botSender: User;
  readonly folder: string;
  readonly now: () => Date;
  readonly journal: Journal;
  private readonly chats;
  private readonly people = new Map<number, Person>();
  private readonly changedPeople;

  constructor({ folder, bot, people, now }: WorldOptions) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.folder = folder;
    this.bot = bot;
    this.botSender = senderOf(bot);
    this.now = now;
    this.journal = new Journal(join(folder, 'chats.jsonl'));
    this.messages = new MessageStore(this.journal.collection<ChatMessage>('messages'));
    this.drafts = new Drafts(this.events, now);
    this.files = new FileStore(folder, this.journal);
    this.updates = new UpdateQueue(this.journal);
    this.polling = new LongPolling(this.updates);
    this.webhook = new Webhook(this.journal, this.updates);
    this.profile = new BotProfile(this.journal, this.events);
    this.queries = new Queries(this.journal, now);
    this.payments = new Payments(this.journal);
    this.subscriptions = new Subscriptions(this.journal);
    this.chats = this.journal.collection<ChatState>('chats');
    this.changedPeople = this.journal.collection<Person>('people');
    for (const person of people) this.people.set(person.id, this.changedPeople.get(person.id) ?? person);
  }

  allPeople(): Person[] {
    return [...this.people.values()];
  }

  /** Throws when there is no such person: a mistake of a test, not of the bot. */
  person(id: number): Person {
    const person = this.people.get(id);
    if (person === undefined) throw new Error(`The sandbox has no person ${id}`);
    return person;
  }

  changePerson(id: number, change: Partial<Omit<Person, 'id'>>): void {
    const person = { ...this.person(id), ...change };
    this.people.set(id, this.changedPeople.set(id, person));
    this.events.emit({ type: 'person', personId: id });
  }

  /** The chat behind an id, whether or not the bot may know of it. */
  chat(chatId: number): Chat | undefined {
    if (chatId === demoGroupId) return { id: demoGroupId, type: 'supergroup', title: 'Sandbox group' };
    const person = this.people.get(chatId);
    return person === undefined ? undefined : privateChatOf(person);
  }

  chatState(chatId: number): ChatState {
    return this.chats.get(chatId) ?? {};
  }

  changeChat(chatId: number, change: ChatState): void {
    this.chats.set(chatId, { ...this.chatState(chatId), ...change });
    this.events.emit({ type: 'chat', chatId });
  }

  /** The chat as the bot may see it. @throws BotApiError 400 when the person never wrote to the bot. */
  chatForBot(chatId: number): Chat {
    const chat = this.chat(chatId);
    if (chat === undefined || (chat.type === 'private' && !this.chatState(chatId).started)) {
      throw badRequest('chat not found');
    }
    return chat;
  }

  /** The chat the bot may send to. @throws BotApiError 403 when the person blocked the bot. */
  chatToSendTo(chatId: number): Chat {
    const chat = this.chatForBot(chatId);
    if (this.chatState(chatId).blocked) {
      throw new BotApiError(403, 'Forbidden: bot was blocked by the user');
    }
    return chat;
  }

  /** Puts a message into a chat and tells everyone who looks at it. */
  post(chat: Chat, from: User, content: MessageContent, extra: Partial<ChatMessage> = {}): ChatMessage {
    const message = {
      message_id: this.messages.nextId(chat.id),
      from,
      chat,
      date: this.seconds(),
      ...content,
    };
    const posted = this.messages.put({ ...extra, chatId: chat.id, message, edits: 0 });
    if (from.id === this.bot.id) this.drafts.end(chat.id);
    this.events.emit({ type: 'message', chatId: chat.id, messageId: message.message_id });
    return posted;
  }

  /** Queues a message as an update for the bot. */
  tellBot(message: Message): void {
    this.updates.push('message', { message: message as NonNullable<Update['message']> });
  }

  /** Seconds since 1970, as Telegram writes dates. */
  seconds(): number {
    return Math.floor(this.now().getTime() / 1000);
  }

  close(): void {
    this.webhook.close();
    this.polling.interrupt(new BotApiError(502, 'Bad Gateway'));
    this.journal.close();
  }
}

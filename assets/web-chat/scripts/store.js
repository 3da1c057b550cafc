import { read } from './requests.js';

/** How many messages of a chat the page keeps; older ones are fetched again when somebody scrolls up. */
const keptMessages = 300;
/** Milliseconds for which Telegram shows what a bot is doing. */
const actionTime = 5000;

/** What the page knows, and who wants to be told when it changes. */
class Store {
  surroundings;
  isConnected = false;
  #chats = new Map();
  #actions = new Map();
  #drafts = new Map();
  #listeners = new Set();

  /** Returns the function that stops listening. A listener gets `{ type, chatId? , message? }`. */
  listen(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  person(id) {
    return this.surroundings.people.find((person) => person.id === id);
  }

  messages(chatId) {
    return this.#chats.get(chatId)?.messages ?? [];
  }

  hasOlder(chatId) {
    return this.#chats.get(chatId)?.hasOlder ?? false;
  }

  find(chatId, messageId) {
    return this.messages(chatId).find(({ id }) => id === messageId);
  }

  /** What the bot is doing in this chat right now, e.g. `typing`. */
  action(chatId) {
    return this.#actions.get(chatId)?.action;
  }

  /** What the bot shows of a message that it has not sent yet. */
  draft(chatId) {
    return this.#drafts.get(chatId)?.draft;
  }

  async loadAll() {
    this.surroundings = await read('surroundings');
    const ids = [...this.surroundings.people.map(({ id }) => id), this.surroundings.group.id];
    await Promise.all(ids.map((id) => this.#load(id)));
    this.tell({ type: 'surroundings' });
    for (const chatId of ids) this.tell({ type: 'loaded', chatId });
  }

  async loadOlder(chatId) {
    const chat = this.#chats.get(chatId);
    const oldest = chat?.messages[0];
    if (oldest === undefined || !chat.hasOlder || chat.isLoading) return;
    chat.isLoading = true;
    const page = await read(`chats/${chatId}/messages?before=${oldest.id}`);
    chat.messages.unshift(...page.messages);
    chat.hasOlder = page.hasOlder;
    chat.isLoading = false;
    this.tell({ type: 'older', chatId });
  }

  setSurroundings(surroundings) {
    this.surroundings = surroundings;
    this.tell({ type: 'surroundings' });
  }

  setConnected(isConnected) {
    this.isConnected = isConnected;
    this.tell({ type: 'connection' });
  }

  put(type, message) {
    const chat = this.#chats.get(message.chatId);
    if (chat === undefined) return;
    const index = chat.messages.findIndex(({ id }) => id === message.id);
    if (index >= 0) chat.messages[index] = message;
    else if (type === 'message') chat.messages.push(message);
    if (chat.messages.length > keptMessages * 1.5) {
      chat.messages.splice(0, chat.messages.length - keptMessages);
      chat.hasOlder = true;
    }
    if (type === 'message' && message.from === this.surroundings.bot.id) this.#stopAction(message.chatId);
    this.tell({ type, chatId: message.chatId, message });
  }

  remove(chatId, messageId) {
    const chat = this.#chats.get(chatId);
    if (chat === undefined) return;
    chat.messages = chat.messages.filter(({ id }) => id !== messageId);
    this.tell({ type: 'deleted', chatId });
  }

  setAction(chatId, action) {
    this.#stopAction(chatId);
    const timer = setTimeout(() => {
      this.#actions.delete(chatId);
      this.tell({ type: 'action', chatId });
    }, actionTime);
    this.#actions.set(chatId, { action, timer });
    this.tell({ type: 'action', chatId });
  }

  /** None when the draft is missing; one that is not sent again vanishes. */
  setDraft({ chatId, draft }) {
    clearTimeout(this.#drafts.get(chatId)?.timer);
    this.#drafts.delete(chatId);
    if (draft !== undefined) {
      const timer = setTimeout(() => this.setDraft({ chatId }), draft.left);
      this.#drafts.set(chatId, { draft, timer });
    }
    this.tell({ type: 'draft', chatId });
  }

  tell(event) {
    for (const listener of [...this.#listeners]) listener(event);
  }

  #stopAction(chatId) {
    const known = this.#actions.get(chatId);
    if (known === undefined) return;
    clearTimeout(known.timer);
    this.#actions.delete(chatId);
    this.tell({ type: 'action', chatId });
  }

  async #load(chatId) {
    const { messages, hasOlder, draft } = await read(`chats/${chatId}/messages`);
    this.#chats.set(chatId, { messages, hasOlder, isLoading: false });
    this.setDraft({ chatId, draft });
  }
}

export const store = new Store();

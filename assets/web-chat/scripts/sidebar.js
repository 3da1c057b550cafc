import { avatar, nameOf } from './avatar.js';
import { conversations } from './conversations.js';
import { element, iconButton } from './element.js';
import { actionText, summaryOf, whenOf } from './format.js';
import { icon } from './icons.js';
import { store } from './store.js';
import { isDark, onThemeChange, toggleTheme } from './theme.js';

/** The list of chats, each with its last message, time and what was not read yet. */
export class Sidebar {
  #actions;
  #open = [];
  #lastRead = new Map();
  #list = element('nav', { class: 'chat-list' });
  #title = element('h1', { class: 'sidebar-title' });
  #splitButton;
  #themeButton;
  #words;

  constructor(actions) {
    this.#actions = actions;
    this.#splitButton = iconButton(icon('columns'), '', actions.toggleSplit, {
      class: 'only-wide',
    });
    this.#themeButton = iconButton(icon('moon'), '', () => {
      toggleTheme();
      this.#showTheme();
    });
    this.root = element(
      'aside',
      { class: 'sidebar' },
      element('header', { class: 'bar' }, this.#title, this.#splitButton, this.#themeButton),
      this.#list,
    );
    for (const { key, chatId } of conversations())
      this.#lastRead.set(key, store.messages(chatId).at(-1)?.id ?? 0);
    this.#showTheme();
    onThemeChange(() => this.#showTheme());
    store.listen(({ type }) => {
      if (type !== 'older') this.#render();
    });
  }

  /** Before the first of these nothing is drawn. */
  setWords(words) {
    if (words === this.#words) return;
    this.#words = words;
    name(this.#splitButton, words.sideBySide);
    name(this.#themeButton, words.darkOrLight);
    this.#list.ariaLabel = words.chats;
    this.#render();
  }

  setOpen(keys) {
    this.#open = keys;
    this.#render();
  }

  setSplit(isSplit) {
    this.#splitButton.setAttribute('aria-pressed', String(isSplit));
  }

  #showTheme() {
    this.#themeButton.replaceChildren(icon(isDark() ? 'sun' : 'moon'));
  }

  #render() {
    if (this.#words === undefined) return;
    this.#title.textContent = store.isConnected ? this.#words.chats : this.#words.connecting;
    const focusedKey = document.activeElement?.closest('.chat-entry')?.dataset.key;
    this.#list.replaceChildren(...conversations().map((conversation) => this.#entry(conversation)));
    if (focusedKey !== undefined) this.#list.querySelector(`[data-key="${focusedKey}"]`)?.focus();
  }

  #entry(conversation) {
    const { key, chatId, personId } = conversation;
    const words = this.#words;
    const { bot, group } = store.surroundings;
    const messages = store.messages(chatId);
    const last = messages.at(-1);
    const isOpen = this.#open.includes(key);
    if (isOpen) this.#lastRead.set(key, last?.id ?? 0);
    const isOwn = (message) => (chatId === personId ? message.from === personId : false);
    const unread = messages.filter(
      (message) => message.id > this.#lastRead.get(key) && !isOwn(message),
    ).length;
    const isGroup = chatId === group.id;
    const name = isGroup ? group.title : nameOf(personId, words);
    const with_ = isGroup ? undefined : element('span', { class: 'chat-with' }, words.withBot(bot.name));
    return element(
      'button',
      {
        type: 'button',
        class: `chat-entry ${isOpen ? 'is-open' : ''}`,
        'data-key': key,
        'aria-current': isOpen ? 'true' : undefined,
        onclick: () => this.#actions.open(conversation),
      },
      avatar(isGroup ? group.id : personId, name),
      element(
        'span',
        { class: 'chat-lines' },
        element(
          'span',
          { class: 'chat-line' },
          element('span', { class: 'chat-name' }, name),
          with_,
          last === undefined ? undefined : element('time', { class: 'chat-time' }, whenOf(last.date, words)),
        ),
        element(
          'span',
          { class: 'chat-line' },
          this.#preview(conversation, last),
          unread > 0
            ? element('span', { class: 'unread', 'aria-label': words.notRead(unread) }, String(unread))
            : undefined,
        ),
      ),
    );
  }

  #preview({ chatId, personId }, last) {
    const words = this.#words;
    const action = store.action(chatId);
    if (action !== undefined)
      return element('span', { class: 'chat-preview is-acting' }, actionText(action, words));
    if (last === undefined) return element('span', { class: 'chat-preview' }, words.noMessages);
    const isOwn = last.from === personId && last.happened === undefined;
    const author = isOwn
      ? words.you
      : chatId === store.surroundings.group.id
        ? nameOf(last.from, words)
        : undefined;
    return element(
      'span',
      { class: 'chat-preview' },
      author === undefined ? undefined : element('span', { class: 'chat-author' }, `${author}: `),
      summaryOf(last, words),
    );
  }
}

/** What is read aloud and shown as a hint. */
function name(button, label) {
  button.title = label;
  button.ariaLabel = label;
}

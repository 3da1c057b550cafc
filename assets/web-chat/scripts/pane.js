import { avatar, nameOf } from './avatar.js';
import { Composer } from './composer.js';
import { element, iconButton } from './element.js';
import { actionText } from './format.js';
import { icon } from './icons.js';
import { MessageList } from './message-list.js';
import { openMenu } from './popup-menu.js';
import { act, chooseNextPicture, read } from './requests.js';
import { store } from './store.js';
import { openSubscriptions } from './subscriptions.js';
import { showToast } from './toast.js';
import { wordsOf } from './words.js';

const languages = { en: 'English', ru: 'Русский' };

/** One chat as one person sees it: header, messages, input. */
export class Pane {
  #subtitle = element('span', { class: 'pane-subtitle' });
  #pinned = element('div', { class: 'pinned', hidden: true });
  #header = element('div', { class: 'pane-titles' });
  #stop;

  constructor(conversation, actions) {
    this.conversation = { ...conversation };
    this.#actions = actions;
    this.words = wordsOf(conversation.personId);
    this.root = element('section', { class: 'pane', 'aria-label': this.words.chat });
    const context = {
      root: this.root,
      conversation: this.conversation,
      words: this.words,
      isGroup: conversation.chatId === store.surroundings.group.id,
      toast: (text) => showToast(this.list.root, text),
      /** Does something as the person who writes here; a refusal is shown. */
      act: async (action, body) => {
        try {
          return await act(this.conversation.personId, action, { chatId: this.conversation.chatId, ...body });
        } catch (error) {
          context.toast(error.message);
          return undefined;
        }
      },
      sendText: (text) => context.act('messages', { text }),
      reply: (message) => this.composer.replyTo(message),
      edit: (message) => this.composer.startEditing(message),
      insertText: (text) => this.composer.insertText(text),
      scrollToBottom: () => this.list.scrollToBottom(),
      visit: actions.visit,
    };
    this.#context = context;
    this.list = new MessageList(context);
    this.composer = new Composer(context);
    this.root.append(this.#makeHeader(), this.#pinned, this.list.root, this.composer.root);
    this.root.addEventListener('pointerdown', actions.focused);
    this.root.addEventListener('focusin', actions.focused);
    this.#stop = store.listen((event) => this.#onEvent(event));
    this.#renderHeader();
  }

  #actions;
  #context;

  focus() {
    if (matchMedia('(pointer: fine)').matches) this.composer.focus();
  }

  insertText(text) {
    this.composer.insertText(text);
  }

  close() {
    this.#stop();
    this.list.close();
    this.composer.close();
  }

  #onEvent(event) {
    const { chatId, personId } = this.conversation;
    // Every word stands in another language now: the chat is drawn anew.
    if (wordsOf(personId) !== this.words) return this.#actions.renew(this);
    if (event.chatId === undefined || event.chatId === chatId) this.#renderHeader();
    if (event.type === 'loaded' || event.type === 'surroundings') this.composer.refresh();
    if (event.chatId === chatId) this.composer.refresh();
    return undefined;
  }

  #makeHeader() {
    return element(
      'header',
      { class: 'bar pane-bar' },
      iconButton(icon('back'), this.words.backToChats, this.#actions.back, { class: 'only-phone' }),
      this.#header,
      iconButton(icon('more'), this.words.more, (event) => this.#openMenu(event.currentTarget)),
    );
  }

  #renderHeader() {
    const { personId, chatId } = this.conversation;
    const { bot, group, people, pinned } = store.surroundings;
    const isGroup = chatId === group.id;
    const action = store.action(chatId);
    const { words } = this;
    const writer = nameOf(personId, words);
    const still = isGroup ? words.members(people.length + 1, writer) : words.writingAs(writer);
    this.#subtitle.textContent = !store.isConnected
      ? words.connecting
      : action === undefined
        ? still
        : actionText(action, words);
    this.#subtitle.classList.toggle('is-acting', action !== undefined);
    this.#header.replaceChildren(
      avatar(isGroup ? group.id : bot.id, bot.name),
      element(
        'div',
        { class: 'pane-lines' },
        element('h2', { class: 'pane-title' }, isGroup ? group.title : bot.name),
        this.#subtitle,
      ),
    );
    const pin = store.find(chatId, pinned[chatId]?.at(-1));
    this.#pinned.hidden = pin === undefined;
    if (pin !== undefined) this.#pinned.replaceChildren(...this.list.pinnedLine(pin));
  }

  async #openMenu(anchor) {
    const { personId, chatId } = this.conversation;
    const { group, people } = store.surroundings;
    const person = store.person(personId);
    const writers = people.map(({ id, firstName }) => ({
      label: this.words.writeAs(firstName),
      icon: 'people',
      isChosen: id === personId,
      choose: () => this.#writeAs(id),
    }));
    const speak = Object.entries(languages).map(([code, label]) => ({
      label,
      icon: 'globe',
      isChosen: person.languageCode === code,
      choose: () => act(personId, 'settings', { languageCode: code }),
    }));
    const block = {
      label: person.blocked ? this.words.unblock : this.words.block,
      icon: 'block',
      isDangerous: !person.blocked,
      choose: () => act(personId, 'settings', { blocked: !person.blocked }),
    };
    const next = await this.#nextPicture();
    const own = [...(await this.#subscriptions()), ...speak, ...next, block];
    openMenu(anchor, chatId === group.id ? [...writers, ...speak, ...next] : own);
  }

  /** Where a person finds what they pay for every month, once there is any. */
  async #subscriptions() {
    const answer = await this.#context.act('subscriptions');
    if (answer === undefined || answer.subscriptions.length === 0) return [];
    const choose = () => openSubscriptions(answer.subscriptions, this.#context);
    return [{ label: this.words.subscriptions, icon: 'star', choose }];
  }

  /** What the local fal does with the next picture, where it runs beside this chat. */
  async #nextPicture() {
    const { nextPicture, nextPictureChosen, nextPictureAsUsual } = this.words;
    const { choices, chosen } = await read('next-picture');
    return choices.map((choice) => ({
      label: nextPicture[choice],
      icon: 'bolt',
      isChosen: choice === chosen,
      choose: async () => {
        const now = await chooseNextPicture(choice === chosen ? null : choice);
        showToast(this.list.root, now.chosen === null ? nextPictureAsUsual : nextPictureChosen);
      },
    }));
  }

  #writeAs(personId) {
    this.conversation.personId = personId;
    if (wordsOf(personId) !== this.words) return this.#actions.renew(this);
    this.list.render();
    this.composer.refresh();
    this.#renderHeader();
    return undefined;
  }
}

import { nameOf } from './avatar.js';
import { element, iconButton } from './element.js';
import { icon } from './icons.js';
import { openMenu } from './popup-menu.js';
import { store } from './store.js';

/** The keyboard that a bot puts under the input field; its buttons send their words. */
export class ReplyKeyboard {
  #context;
  #send;
  #markup;
  #messageId;
  #isHidden = false;
  #answered = new Set();

  constructor(context, send) {
    this.#context = context;
    this.#send = send;
    this.root = element('div', {
      class: 'reply-keyboard',
      role: 'group',
      'aria-label': context.words.keyboard,
      hidden: true,
    });
    this.toggleButton = iconButton(icon('keyboard'), context.words.keyboard, () => {
      this.#isHidden = !this.#isHidden;
      this.#render();
    });
  }

  /** Takes the newest keyboard of the chat. Gives what it asks of the input field. */
  refresh() {
    const { chatId } = this.#context.conversation;
    const messages = store.messages(chatId);
    const message = messages.findLast(({ replyKeyboard }) => replyKeyboard !== undefined);
    const markup = message?.replyKeyboard;
    if (message?.id !== this.#messageId) this.#isHidden = false;
    this.#messageId = message?.id;
    this.#markup = markup?.keyboard === undefined ? undefined : markup;
    this.#render();
    const isForced =
      markup?.force_reply === true && message === messages.at(-1) && !this.#answered.has(message.id);
    if (isForced) this.#answered.add(message.id);
    return {
      placeholder: markup?.input_field_placeholder,
      forceReply: isForced ? message : undefined,
    };
  }

  #render() {
    const isOffered = this.#markup !== undefined;
    this.toggleButton.hidden = !isOffered;
    this.toggleButton.setAttribute('aria-pressed', String(isOffered && !this.#isHidden));
    this.root.hidden = !isOffered || this.#isHidden;
    if (!isOffered) return;
    this.root.classList.toggle('is-resized', this.#markup.resize_keyboard === true);
    this.root.replaceChildren(
      ...this.#markup.keyboard.map((row) =>
        element(
          'div',
          { class: 'keyboard-row' },
          row.map((button) => this.#renderButton(button)),
        ),
      ),
    );
  }

  #renderButton({ text, request_users: asked, ...others }) {
    // What asks for a place, a number, a Mini App… sends no text in Telegram: neither does it here.
    const isUnknown = Object.keys(others).some((name) => name.startsWith('request_') || name === 'web_app');
    const press = ({ currentTarget }) => {
      if (asked !== undefined) return this.#choosePerson(currentTarget, text);
      if (isUnknown) return this.#context.toast(this.#context.words.unknownButton);
      this.#used();
      this.#send(text);
    };
    return element('button', { type: 'button', class: 'reply-button', onclick: press }, text);
  }

  #used() {
    if (!this.#markup.one_time_keyboard) return;
    this.#isHidden = true;
    this.#render();
  }

  /** Nothing is said to the bot before somebody was chosen. */
  #choosePerson(anchor, button) {
    const { conversation, words } = this.#context;
    const others = store.surroundings.people.filter(({ id }) => id !== conversation.personId);
    const choose = async (chosen) => {
      this.#used();
      await this.#context.act('shares', { button, chosen });
    };
    openMenu(
      anchor,
      others.map(({ id }) => ({ label: nameOf(id, words), icon: 'people', choose: () => choose(id) })),
    );
  }
}

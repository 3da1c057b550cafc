import { element } from './element.js';
import { act, fileUrl } from './requests.js';
import { store } from './store.js';

/** Milliseconds after the last key before the bot is asked. */
const pause = 300;

/** What a bot offers while "@bot words" is typed. */
export class InlineResults {
  #context;
  #sent;
  #timer;
  #asked;

  constructor(context, sent) {
    this.#context = context;
    this.#sent = sent;
    this.root = element('div', {
      class: 'suggestions inline-results',
      role: 'listbox',
      'aria-label': context.words.results,
      hidden: true,
    });
  }

  close() {
    clearTimeout(this.#timer);
  }

  suggest(text) {
    const name = store.surroundings.bot.username;
    const [, query] = new RegExp(`^@${name}\\s([^]*)$`, 'i').exec(text) ?? [];
    clearTimeout(this.#timer);
    this.#asked = query;
    if (query === undefined) this.root.hidden = true;
    else this.#timer = setTimeout(() => this.#ask(query, ''), pause);
  }

  async #ask(query, offset) {
    const answer = await this.#context.act('inline-queries', { query, offset });
    if (answer === undefined || answer.unanswered || this.#asked !== query) return;
    const nodes = answer.results.map((result) => this.#renderResult(answer.token, result));
    if (offset === '') this.root.replaceChildren(...this.#renderButton(answer.button));
    this.root.querySelector('.inline-more')?.remove();
    this.root.append(...nodes);
    if (answer.nextOffset !== '') this.root.append(this.#renderMore(query, answer.nextOffset));
    this.root.hidden = this.root.children.length === 0;
    this.root.classList.toggle(
      'is-gallery',
      answer.results.length > 0 && answer.results.every(({ type }) => type === 'photo'),
    );
  }

  #renderButton(button) {
    if (button === undefined) return [];
    const { personId } = this.#context.conversation;
    const start = () => {
      this.#sent();
      act(personId, 'messages', { text: `/start ${button.startParameter}`, chatId: personId });
    };
    return [element('button', { type: 'button', class: 'inline-top', onclick: start }, button.text)];
  }

  #renderMore(query, offset) {
    return element(
      'button',
      { type: 'button', class: 'inline-more', onclick: () => this.#ask(query, offset) },
      this.#context.words.more,
    );
  }

  #renderResult(token, result) {
    const picture =
      result.thumbnail === undefined || /^https?:/.test(result.thumbnail)
        ? undefined
        : fileUrl(result.thumbnail);
    return element(
      'button',
      {
        type: 'button',
        role: 'option',
        class: 'inline-result',
        title: result.title,
        'aria-label': result.title ?? this.#context.words.photo,
        onclick: () => this.#choose(token, result.id),
      },
      picture === undefined
        ? element('span', { class: 'inline-letter', 'aria-hidden': 'true' }, [...(result.title ?? '?')][0])
        : element('img', { src: picture, alt: '' }),
      element(
        'span',
        { class: 'inline-lines' },
        element('strong', {}, result.title ?? ''),
        element('span', {}, result.description ?? ''),
      ),
    );
  }

  async #choose(token, resultId) {
    this.root.hidden = true;
    this.#sent();
    await this.#context.act('inline-results', { token, resultId });
    this.#context.scrollToBottom();
  }
}

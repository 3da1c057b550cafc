import { avatar } from './avatar.js';
import { element } from './element.js';
import { icon } from './icons.js';
import { store } from './store.js';

/** The commands a bot offers: all of them behind the menu button, the fitting ones while "/…" is typed. */
export class CommandList {
  #context;
  #send;
  #chosen = 0;
  #offered = [];

  constructor(context, send) {
    this.#context = context;
    this.#send = send;
    this.root = element('div', {
      class: 'suggestions command-list',
      role: 'listbox',
      'aria-label': context.words.commands,
      hidden: true,
    });
    this.menuButton = element(
      'button',
      { type: 'button', class: 'menu-button', 'aria-expanded': 'false', onclick: () => this.#toggle() },
      icon('menu'),
      element('span', {}, context.words.menu),
    );
    context.root.addEventListener('pointerdown', (event) => {
      if (!this.root.contains(event.target) && !this.menuButton.contains(event.target)) this.#show([]);
    });
  }

  refresh() {
    this.menuButton.hidden = this.#commands().length === 0;
  }

  suggest(text) {
    const [, typed] = /^\/(\w*)$/.exec(text) ?? [];
    this.#show(
      typed === undefined
        ? []
        : this.#commands().filter(({ command }) => command.startsWith(typed.toLowerCase())),
    );
  }

  /** True when the key was about the list. */
  handleKey(event) {
    if (this.#offered.length === 0) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      this.#chosen = (this.#chosen + step + this.#offered.length) % this.#offered.length;
      this.#render();
    } else if (event.key === 'Escape') this.#show([]);
    else if ((event.key === 'Enter' && !event.shiftKey) || event.key === 'Tab')
      this.#choose(this.#offered[this.#chosen]);
    else return false;
    event.preventDefault();
    return true;
  }

  #commands() {
    const { personId, chatId } = this.#context.conversation;
    const person = store.person(personId);
    return chatId === personId ? person.commands : person.groupCommands;
  }

  #toggle() {
    this.#show(this.#offered.length > 0 ? [] : this.#commands());
  }

  #show(commands) {
    this.#offered = commands;
    this.#chosen = 0;
    this.#render();
  }

  #render() {
    this.root.hidden = this.#offered.length === 0;
    this.menuButton.setAttribute('aria-expanded', String(!this.root.hidden));
    const { bot } = store.surroundings;
    this.root.replaceChildren(
      ...this.#offered.map((offered, index) =>
        element(
          'button',
          {
            type: 'button',
            role: 'option',
            class: `suggestion ${index === this.#chosen ? 'is-chosen' : ''}`,
            'aria-selected': String(index === this.#chosen),
            onclick: () => this.#choose(offered),
          },
          avatar(bot.id, bot.name),
          element('strong', {}, `/${offered.command}`),
          element('span', {}, offered.description),
        ),
      ),
    );
    this.root.children[this.#chosen]?.scrollIntoView({ block: 'nearest' });
  }

  #choose({ command }) {
    this.#show([]);
    const suffix = this.#context.isGroup ? `@${store.surroundings.bot.username}` : '';
    this.#send(`/${command}${suffix}`);
  }
}

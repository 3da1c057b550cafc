import { avatar, nameOf } from './avatar.js';
import { renderBlock } from './bubble.js';
import { renderDraft } from './draft.js';
import { element, iconButton } from './element.js';
import { dayOf, summaryOf } from './format.js';
import { icon } from './icons.js';
import { store } from './store.js';

/** Pixels from the top at which a day's mark floats instead of standing in its place. */
const dayMargin = 8;
/** How close to the end, in pixels, counts as "at the end". */
const nearEnd = 120;
/** Milliseconds for which the day of what is read stays after a reader moved. */
const dayStays = 1500;
/** Seconds between two messages of one sender that are still shown as one group. */
const groupTime = 300;

/** The messages of a chat: albums joined, senders grouped, days marked; redraws only what changed. */
export class MessageList {
  #context;
  #thread;
  #scroller;
  #downButton;
  #shown = new Map();
  #unseen = 0;
  #isAtEnd = true;
  #stillTimer;
  #about = element('div', { class: 'about', hidden: true });
  /** Always the last of the thread. It changes too often to be read aloud. */
  #draft = element('div', { class: 'draft', 'aria-live': 'off', hidden: true });
  #stop;

  constructor(context) {
    this.#context = context;
    const { words } = context;
    this.#thread = element(
      'div',
      { class: 'thread', role: 'log', 'aria-label': words.messages },
      this.#draft,
    );
    this.#scroller = element('div', { class: 'scroller', tabindex: '-1' }, this.#about, this.#thread);
    this.#downButton = iconButton(icon('down'), words.toNewest, () => this.scrollToBottom(), {
      class: 'to-end',
    });
    this.root = element('div', { class: 'messages' }, this.#scroller, this.#downButton);
    this.#scroller.addEventListener('scroll', () => this.#onScroll(), { passive: true });
    for (const gesture of ['wheel', 'touchmove'])
      this.#scroller.addEventListener(gesture, () => this.#showDay(), { passive: true });
    new ResizeObserver(() => this.#isAtEnd && this.#jumpToEnd()).observe(this.#scroller);
    this.#stop = store.listen((event) => {
      if (event.chatId === context.conversation.chatId && event.type !== 'action') this.#onEvent(event);
      else if (event.type === 'surroundings') this.render();
    });
    this.render();
    requestAnimationFrame(() => this.#jumpToEnd());
  }

  close() {
    this.#stop();
  }

  scrollToBottom() {
    this.#scroller.scrollTo({ top: this.#scroller.scrollHeight, behavior: 'smooth' });
  }

  /** Brings a message into view and lights it up. */
  goTo(messageId) {
    const found = this.#thread.querySelector(`[data-message="${messageId}"]`);
    if (found === null) return this.#context.toast(this.#context.words.gone);
    found.scrollIntoView({ block: 'center', behavior: 'smooth' });
    found.classList.remove('is-found');
    requestAnimationFrame(() => found.classList.add('is-found'));
    return undefined;
  }

  pinnedLine(message) {
    return [
      icon('pin'),
      element(
        'button',
        { type: 'button', class: 'pinned-line', onclick: () => this.goTo(message.id) },
        element('strong', {}, this.#context.words.pinned),
        element('span', {}, summaryOf(message, this.#context.words)),
      ),
    ];
  }

  render() {
    const wanted = this.#blocks();
    this.#about.hidden = wanted.length > 0 || this.#context.isGroup;
    if (!this.#about.hidden) this.#renderAbout();
    const keys = new Set(wanted.map(({ key }) => key));
    for (const [key, { node }] of this.#shown) {
      if (keys.has(key)) continue;
      node.remove();
      this.#shown.delete(key);
    }
    this.#renderDraft();
    let previous = null;
    for (const block of wanted) {
      const node = this.#nodeOf(block);
      const next = previous === null ? this.#thread.firstChild : previous.nextSibling;
      if (next !== node) this.#thread.insertBefore(node, next);
      previous = node;
    }
  }

  /** What stands in a chat in which nothing was said yet. */
  #renderAbout() {
    const { bot } = store.surroundings;
    const { words } = this.#context;
    const { about } = store.person(this.#context.conversation.personId);
    this.#about.replaceChildren(
      avatar(bot.id, bot.name),
      element('strong', {}, words.about),
      element('p', { dir: 'auto' }, about || words.pressStart),
    );
  }

  #renderDraft() {
    const draft = store.draft(this.#context.conversation.chatId);
    this.#draft.hidden = draft === undefined;
    if (draft !== undefined) renderDraft(this.#draft, draft, this.#context);
  }

  #nodeOf(block) {
    const signature = JSON.stringify(block);
    const known = this.#shown.get(block.key);
    if (known?.signature === signature) return known.node;
    const node =
      block.day === undefined ? renderBlock(block, this.#context, this, known?.node) : dayMark(block.day);
    if (known !== undefined) keepFocus(known.node, node);
    this.#shown.set(block.key, { signature, node });
    return node;
  }

  /** What to draw, in order: a mark for each day, one block for each message or album. */
  #blocks() {
    const blocks = [];
    const { words } = this.#context;
    const { personId, chatId } = this.#context.conversation;
    for (const message of store.messages(chatId)) {
      const last = blocks.at(-1);
      const day = dayOf(message.date, words);
      if (last?.messages === undefined || last.lastDay !== day)
        blocks.push({ key: `day-${message.id}`, day });
      const album = blocks.at(-1);
      if (message.albumId !== undefined && album.messages?.[0].albumId === message.albumId) {
        album.messages.push(message);
        continue;
      }
      const isService = message.happened !== undefined;
      const joins =
        album.messages !== undefined &&
        !isService &&
        !album.isService &&
        album.messages[0].from === message.from &&
        message.date - album.messages[0].date < groupTime;
      if (joins) album.isLast = false;
      const isOwn = message.from === personId;
      blocks.push({
        key: `message-${message.id}`,
        messages: [message],
        lastDay: day,
        isOwn,
        isService,
        isFirst: !joins,
        isLast: true,
        sender: this.#context.isGroup && !isOwn ? nameOf(message.from, words) : undefined,
        quoted: this.#quoted(message),
      });
    }
    return blocks;
  }

  #quoted({ chatId, replyTo }) {
    if (replyTo === undefined) return undefined;
    const { words } = this.#context;
    const message = store.find(chatId, replyTo);
    if (message === undefined) return { name: words.deleted, text: '' };
    return {
      name: nameOf(message.from, words),
      text: summaryOf(message, words),
      photo: message.photo?.[0]?.file_id,
    };
  }

  #onEvent({ type, message }) {
    const wasAtEnd = this.#isAtEnd;
    const fromEnd = this.#scroller.scrollHeight - this.#scroller.scrollTop;
    this.render();
    if (type === 'older') this.#scroller.scrollTop = this.#scroller.scrollHeight - fromEnd;
    else if (wasAtEnd || (type === 'message' && message.from === this.#context.conversation.personId))
      this.#jumpToEnd();
    else if (type === 'message') this.#unseen += 1;
    this.#showDownButton();
  }

  #jumpToEnd() {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#isAtEnd = true;
  }

  /** While somebody reads further up the day floats above; else it would only cover words. */
  #showDay() {
    this.#scroller.classList.add('is-moving');
    clearTimeout(this.#stillTimer);
    this.#stillTimer = setTimeout(() => this.#scroller.classList.remove('is-moving'), dayStays);
  }

  #markFloatingDay() {
    const top = this.#scroller.getBoundingClientRect().top;
    for (const day of this.#thread.querySelectorAll('.day'))
      day.classList.toggle('is-floating', day.getBoundingClientRect().top - top < dayMargin);
  }

  #onScroll() {
    this.#markFloatingDay();
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    this.#isAtEnd = scrollHeight - scrollTop - clientHeight < nearEnd;
    if (this.#isAtEnd) this.#unseen = 0;
    this.#showDownButton();
    if (scrollTop < 200) store.loadOlder(this.#context.conversation.chatId);
  }

  #showDownButton() {
    this.#downButton.classList.toggle('is-shown', !this.#isAtEnd);
    this.#downButton.tabIndex = this.#isAtEnd ? -1 : 0;
    this.#downButton.dataset.count = this.#unseen > 0 ? String(this.#unseen) : '';
  }
}

const dayMark = (day) => element('div', { class: 'day' }, element('span', {}, day));

/** Puts the keyboard focus back on the same button of a message that was drawn anew. */
function keepFocus(old, fresh) {
  const key = old.contains(document.activeElement) ? document.activeElement.dataset.focus : undefined;
  if (key !== undefined) {
    requestAnimationFrame(() => fresh.querySelector(`[data-focus="${key}"]`)?.focus({ preventScroll: true }));
  }
  old.replaceWith(fresh);
}

import { chooseFiles, openAttachments, watchDrops } from './attachments.js';
import { nameOf } from './avatar.js';
import { CommandList } from './command-list.js';
import { element, iconButton } from './element.js';
import { summaryOf } from './format.js';
import { icon } from './icons.js';
import { InlineResults } from './inline-results.js';
import { openMenu } from './popup-menu.js';
import { ReplyKeyboard } from './reply-keyboard.js';
import { store } from './store.js';

/** What was begun and not sent, by chat and writer; it waits while another chat is open. */
const drafts = new Map();

/** Where a person writes: text, commands, files, answers, the keyboard that a bot offers. */
export class Composer {
  #context;
  #input;
  #form;
  #strip = element('div', { class: 'answer-strip', hidden: true });
  #start;
  #replyTo;
  #editing;
  #commands;
  #inline;
  #keyboard;
  #stopDrops;

  constructor(context) {
    this.#context = context;
    this.#input = element('textarea', {
      rows: '1',
      class: 'input',
      'aria-label': context.words.message,
      placeholder: context.words.message,
      dir: 'auto',
    });
    this.#commands = new CommandList(context, (text) => this.#sendNow(text));
    this.#inline = new InlineResults(context, () => this.#setText(''));
    this.#keyboard = new ReplyKeyboard(context, (text) => this.#sendNow(text));
    const send = iconButton(icon('send'), context.words.send, () => {}, { type: 'submit', class: 'send' });
    this.#form = element(
      'form',
      { class: 'composer-form' },
      this.#commands.menuButton,
      element('div', { class: 'input-box' }, this.#input, this.#keyboard.toggleButton),
      iconButton(icon('attach'), context.words.attach, (event) => this.#openAttachMenu(event.currentTarget)),
      send,
    );
    this.#start = element('button', {
      type: 'button',
      class: 'start-button',
      hidden: true,
      onclick: () => this.#startBot(),
    });
    this.root = element(
      'footer',
      { class: 'composer' },
      this.#commands.root,
      this.#inline.root,
      this.#strip,
      this.#form,
      this.#keyboard.root,
      this.#start,
    );
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#input.addEventListener('input', () => this.#onInput());
    this.#input.addEventListener('keydown', (event) => this.#onKey(event));
    this.#input.addEventListener('paste', (event) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      this.#attach(files);
    });
    this.#stopDrops = watchDrops(context, (files, asFiles) => this.#attach(files, asFiles));
    this.refresh();
    this.#input.value = drafts.get(this.#draftKey()) ?? '';
    // Only once it stands in the page does the field know how high its text is.
    requestAnimationFrame(() => this.#onInput());
  }

  focus() {
    this.#input.focus({ preventScroll: true });
  }

  close() {
    drafts.set(this.#draftKey(), this.#editing === undefined ? this.#input.value : '');
    this.#stopDrops();
    this.#inline.close();
  }

  insertText(text) {
    this.#setText(text);
    this.focus();
    this.#input.setSelectionRange(text.length, text.length);
    this.#onInput();
  }

  replyTo(message) {
    this.#editing = undefined;
    this.#replyTo = message;
    const { words } = this.#context;
    this.#showStrip('reply', words.replyTo(nameOf(message.from, words)), summaryOf(message, words));
    this.focus();
  }

  startEditing(message) {
    this.#replyTo = undefined;
    this.#editing = message;
    const { words } = this.#context;
    this.#showStrip('edit', words.editing, summaryOf(message, words));
    this.insertText(message.text);
  }

  /** Brings everything in line with what the bot last said and with who writes. */
  refresh() {
    const { personId, chatId } = this.#context.conversation;
    const { words } = this.#context;
    const person = store.person(personId);
    const isPrivate = chatId === personId;
    const mustStart = isPrivate && (!person.started || person.blocked);
    this.#start.hidden = !mustStart;
    this.#form.hidden = mustStart;
    this.#start.textContent = person.blocked ? words.restart : words.start;
    this.#commands.refresh();
    const asked = this.#keyboard.refresh();
    this.#keyboard.root.hidden ||= mustStart;
    this.#input.placeholder = asked.placeholder ?? words.message;
    if (asked.forceReply !== undefined && this.#replyTo === undefined) this.replyTo(asked.forceReply);
  }

  #draftKey() {
    const { personId, chatId } = this.#context.conversation;
    return `${personId} ${chatId}`;
  }

  async #startBot() {
    const { personId } = this.#context.conversation;
    if (store.person(personId).blocked) await this.#context.act('settings', { blocked: false });
    await this.#context.sendText('/start');
    this.focus();
  }

  async #submit() {
    const text = this.#input.value;
    if (text.trim() === '') return;
    const editing = this.#editing;
    if (editing === undefined) return this.#sendNow(text);
    this.#clear();
    await this.#context.act('edits', { messageId: editing.id, text });
  }

  async #sendNow(text) {
    const replyTo = this.#replyTo?.id;
    this.#clear();
    const sent = await this.#context.act('messages', { text, replyTo });
    if (sent === undefined) this.#setText(text);
    this.#context.scrollToBottom();
  }

  #attach(files, asFiles = false) {
    const caption = this.#input.value;
    const replyTo = this.#replyTo?.id;
    openAttachments(this.#context, {
      files,
      asFiles,
      caption,
      replyTo,
      sent: () => this.#clear(),
      closed: () => this.focus(),
    });
  }

  async #openAttachMenu(anchor) {
    const { words } = this.#context;
    const choose = async (accept, asFiles) => this.#attach(await chooseFiles(accept), asFiles);
    openMenu(anchor, [
      { label: words.photo, icon: 'picture', choose: () => choose('image/*', false) },
      { label: words.file, icon: 'file', choose: () => choose('', true) },
    ]);
  }

  #showStrip(name, title, text) {
    this.#strip.hidden = false;
    this.#strip.replaceChildren(
      icon(name),
      element('div', { class: 'answer-lines' }, element('strong', {}, title), element('span', {}, text)),
      iconButton(icon('close'), this.#context.words.cancel, () => this.#clear()),
    );
  }

  #clear() {
    this.#replyTo = undefined;
    this.#editing = undefined;
    this.#strip.hidden = true;
    this.#setText('');
  }

  #setText(text) {
    this.#input.value = text;
    this.#onInput();
  }

  #onInput() {
    const text = this.#input.value;
    this.#fitHeight();
    this.#form.classList.toggle('has-text', text.trim() !== '');
    this.#commands.suggest(text);
    this.#inline.suggest(text);
  }

  /** As high as the text; a field that is not shown has no height to go by. */
  #fitHeight() {
    this.#input.style.setProperty('height', 'auto');
    const { scrollHeight } = this.#input;
    if (scrollHeight > 0) this.#input.style.setProperty('height', `${Math.min(scrollHeight, 240)}px`);
  }

  #onKey(event) {
    if (event.isComposing || this.#commands.handleKey(event)) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      this.#submit();
    } else if (event.key === 'Escape') this.#clear();
    else if (event.key === 'ArrowUp' && this.#input.value === '') this.#editLast(event);
  }

  #editLast(event) {
    const { personId, chatId } = this.#context.conversation;
    const own = store.messages(chatId).findLast(({ from, text }) => from === personId && text !== undefined);
    if (own === undefined) return;
    event.preventDefault();
    this.startEditing(own);
  }
}

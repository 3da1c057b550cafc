import { randomInt } from 'node:crypto';
import { textContent } from '../bot-api/placement.js';
import type { InlineAnswer, InlineResult } from '../state/inline-results.js';
import type { MessageContent } from '../state/message-store.js';
import type { CallbackAnswer } from '../state/queries.js';
import type { World } from '../state/world.js';
import { plainText } from '../text/formatted-text.js';
import { splitText } from '../text/split-text.js';
import type { UpdateType } from '../updates/update-queue.js';
import { setBlocked } from './blocking.js';
import { deleteForEveryone, editText } from './changing.js';
import { type DraftView, draftIn, stopDraft } from './drafting.js';
import { askInline, sendInlineResult } from './inline-mode.js';
import { type ButtonView, type MessageView, viewOf } from './message-view.js';
import { type PaymentOutcome, type PayOptions, pay } from './paying.js';
import { forwardFromPerson, originOf, postFromPerson, type SendOptions } from './person-posting.js';
import { react } from './reacting.js';
import { shareUsers } from './sharing.js';
import { StarDriver } from './star-driver.js';
import { type Tap, tapButton } from './tapping.js';
import { waitUntil } from './waiting.js';

export interface WaitOptions {
  /** Milliseconds; 30 000 when not given, for machines may be busy. */
  readonly timeout?: number;
}

export interface CaptionOptions extends SendOptions {
  readonly caption?: string;
}

interface SentFile {
  readonly bytes: Uint8Array;
  readonly name: string;
  readonly type?: string;
}

const uploadOf = ({ bytes, name, type = '' }: SentFile) => ({ name, type, bytes: Buffer.from(bytes) });

/** Does what a person does in a Telegram client, and sees what they see. */
export class ChatDriver {
  /** What happens to Stars outside the chat. */
  readonly stars: StarDriver;

  constructor(private readonly world: World) {
    this.stars = new StarDriver(world);
  }

  /** Sends `/start`, with the payload of a deep link if there is one. */
  start(personId: number, payload?: string): MessageView {
    if (payload !== undefined && !/^[A-Za-z0-9_-]{1,64}$/.test(payload)) {
      throw new Error(`"${payload}" is no start payload: 1-64 characters of A-Z, a-z, 0-9, _ and -`);
    }
    const [message] = this.sendText(personId, payload === undefined ? '/start' : `/start ${payload}`);
    if (message === undefined) throw new Error('Nothing was sent');
    return message;
  }

  /** Sends a text; one of more than 4096 characters arrives as several messages, as at Telegram. */
  sendText(personId: number, text: string, options: SendOptions = {}): MessageView[] {
    if (text.trim() === '') throw new Error('An empty text cannot be sent');
    return splitText(text)
      .filter((part) => part.trim() !== '')
      .map((part) => this.send(personId, textContent(plainText(part)), options));
  }

  /** Sends one photo; `caption` may carry a command. */
  async sendPhoto(personId: number, bytes: Uint8Array, options: CaptionOptions = {}): Promise<MessageView> {
    const photo = [...(await this.world.files.addPhoto(Buffer.from(bytes)))];
    return viewOf(postFromPerson(this.world, personId, { ...captionOf(options), photo }, options));
  }

  /** Sends 2-10 photos as an album: as many updates, one `media_group_id`, the caption on the first. */
  async sendAlbum(
    personId: number,
    photos: readonly Uint8Array[],
    options: CaptionOptions = {},
  ): Promise<MessageView[]> {
    if (photos.length < 2 || photos.length > 10) throw new Error('An album has 2-10 photos');
    const sized = await Promise.all(photos.map((bytes) => this.world.files.addPhoto(Buffer.from(bytes))));
    const media_group_id = String(randomInt(1e13, 9e13));
    return sized.map((sizes, index) => {
      const content = { ...(index === 0 ? captionOf(options) : {}), photo: [...sizes], media_group_id };
      return viewOf(postFromPerson(this.world, personId, content, options));
    });
  }

  /** Sends a file as it is; a picture sent this way is not made smaller. */
  async sendDocument(personId: number, file: SentFile, options: CaptionOptions = {}): Promise<MessageView> {
    const document = await this.world.files.addDocument(uploadOf(file));
    return viewOf(postFromPerson(this.world, personId, { ...captionOf(options), document }, options));
  }

  /** Sends 2-10 files together: as many updates, one `media_group_id`. */
  async sendFiles(personId: number, files: readonly SentFile[]): Promise<MessageView[]> {
    if (files.length < 2 || files.length > 10) throw new Error('An album has 2-10 files');
    const added = await Promise.all(files.map((file) => this.world.files.addDocument(uploadOf(file))));
    const media_group_id = String(randomInt(1e13, 9e13));
    return added.map((document) =>
      viewOf(postFromPerson(this.world, personId, { document, media_group_id }, {})),
    );
  }

  /**
   * Pays the invoice of a message, or behind an invoice link. The bot is asked first (`pre_checkout_query`);
   * when it agrees, `successful_payment` follows. An invoice can be paid again, by the same person or another.
   */
  async payInvoice(
    personId: number,
    invoice: number | string,
    options: PayOptions = {},
  ): Promise<PaymentOutcome> {
    return pay(this.world, personId, invoice, options);
  }

  /** Forwards a message of the person's chat with the bot, e.g. into the group. */
  forward(personId: number, messageId: number, chatId: number): MessageView {
    return viewOf(forwardFromPerson(this.world, personId, messageId, chatId));
  }

  /** Sends on words that somebody wrote elsewhere: another person, or one of whom Telegram tells a name alone. */
  forwardWords(personId: number, author: number | { readonly hidden: string }, text: string): MessageView {
    const origin = originOf(this.world, author);
    return viewOf(postFromPerson(this.world, personId, { ...textContent(plainText(text)), ...origin }));
  }

  /** Chooses people behind a button of the keyboard under the input field that asks for them (`request_users`). */
  shareUsers(personId: number, label: string, chosen: readonly number[]): MessageView {
    return viewOf(shareUsers(this.world, personId, label, chosen));
  }

  /** What the bot offers for `@bot <query>`; `offset` asks for the next page. */
  inlineQuery(
    personId: number,
    query: string,
    options: { readonly chatId?: number; readonly offset?: string } = {},
  ): Promise<InlineAnswer | 'unanswered'> {
    return askInline(this.world, personId, query, options);
  }

  /** Sends an offered result into a chat. */
  chooseInlineResult(
    personId: number,
    result: InlineResult,
    options: { readonly query: string; readonly chatId?: number },
  ): MessageView {
    return viewOf(sendInlineResult(this.world, personId, result, options));
  }

  /** Delivers the newest update of a type once more, under a new number, as happens with payments. */
  deliverAgain(type: UpdateType): void {
    this.world.updates.pushAgain(type);
  }

  /** Sends anything else, e.g. `{ location: { latitude: 1, longitude: 2 } }`, as it stands in a Bot API message. */
  send(personId: number, content: MessageContent, options: SendOptions = {}): MessageView {
    return viewOf(postFromPerson(this.world, personId, content, options));
  }

  /** Rewrites a text that this person sent. */
  editText(personId: number, messageId: number, text: string, { chatId = personId }: SendOptions = {}): void {
    editText(this.world, personId, chatId, messageId, text);
  }

  /** Puts an emoji on a message, instead of the one before; without one takes it back. */
  react(personId: number, messageId: number, emoji?: string, { chatId = personId }: SendOptions = {}): void {
    react(this.world, personId, chatId, messageId, emoji);
  }

  /** Deletes a message for everyone; the bot is not told. */
  deleteMessage(chatId: number, messageId: number): void {
    deleteForEveryone(this.world, chatId, messageId);
  }

  /** Blocks the bot: it can no longer send to this person. */
  block(personId: number): void {
    setBlocked(this.world, personId, true);
  }

  unblock(personId: number): void {
    setBlocked(this.world, personId, false);
  }

  /** Switches the language of a person's client, e.g. to `ru`; later updates carry it. */
  speak(personId: number, languageCode: string): void {
    this.world.changePerson(personId, { languageCode });
  }

  /** The bytes behind a `file_id`, as a person who saves it gets them. */
  download(fileId: string): Promise<Buffer> {
    return this.world.files.read(fileId);
  }

  /**
   * Presses a button under a message, found by its label or its callback data. Resolves with what the bot
   * answered, or with `unanswered` when it let the time pass.
   */
  tap(
    personId: number,
    messageId: number,
    button: string,
    options: Tap = {},
  ): Promise<CallbackAnswer | 'unanswered'> {
    return tapButton(this.world, personId, messageId, button, options);
  }

  /** The visible messages of a person's chat with the bot, or of a group, oldest first. */
  messages(chatId: number): MessageView[] {
    return this.world.messages.of(chatId).map(viewOf);
  }

  /** What the bot shows of a message that it has not sent yet. */
  draft(chatId: number): DraftView | undefined {
    return draftIn(this.world, chatId);
  }

  /** Presses Stop on it; the bot is told. */
  stopDraft(personId: number): void {
    stopDraft(this.world, personId);
  }

  /** The newest visible message. */
  lastMessage(chatId: number): MessageView | undefined {
    const last = this.world.messages.of(chatId).at(-1);
    return last === undefined ? undefined : viewOf(last);
  }

  /**
   * Resolves with the first value of `look` that is neither undefined nor false; looks again after every event.
   * Rejects after the timeout and says what the chats look like then.
   */
  waitFor<Found>(
    look: () => Found | undefined | false,
    { timeout = 60_000 }: WaitOptions = {},
  ): Promise<Found> {
    return waitUntil(this.world.events, look, timeout, () => this.describe());
  }

  /** Waits for a message of the bot's that `fits`, newest first. */
  waitForMessage(
    chatId: number,
    fits: (message: MessageView) => boolean,
    options: WaitOptions = {},
  ): Promise<MessageView> {
    const { messages, bot, events } = this.world;
    const changed = new Set<number>(messages.of(chatId).map(({ message }) => message.message_id));
    const stop = events.listen((event) => {
      if ((event.type === 'message' || event.type === 'edited') && event.chatId === chatId) {
        changed.add(event.messageId);
      }
    });
    // Only what changed since the last look is looked at, so that a long chat does not slow a busy test down.
    const look = () => {
      const views = [...changed]
        .sort((one, other) => other - one)
        .flatMap((id) => {
          const stored = messages.find(chatId, id);
          return stored === undefined ? [] : [viewOf(stored)];
        });
      changed.clear();
      return views.find((message) => message.from === bot.id && fits(message));
    };
    return this.waitFor(look, options).finally(stop);
  }

  private describe(): string {
    const label = (button: ButtonView) => `[${button.text}]`;
    return this.world
      .allPeople()
      .flatMap(({ id }) => this.messages(id).slice(-5))
      .map(({ chatId, id, from, text, caption, buttons }) =>
        [
          `chat ${chatId} #${id} from ${from}: ${text ?? caption ?? '(no text)'}`,
          ...buttons.flat().map(label),
        ].join(' '),
      )
      .join('\n');
  }
}

function captionOf({ caption = '' }: CaptionOptions): MessageContent {
  const { text, entities } = plainText(caption);
  if (text === '') return {};
  return { caption: text, ...(entities.length === 0 ? {} : { caption_entities: entities }) };
}

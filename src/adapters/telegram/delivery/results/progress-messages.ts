import type { Api } from 'grammy';
import type { Asked } from '../../../../application/generation/accept-once.js';
import { estimateDuration, unknownDuration } from '../../../../application/generation/estimate-duration.js';
import type { DiskSpace } from '../../../../application/policy/disk-space.js';
import type { Clock } from '../../../../application/ports/clock.js';
import type { NotTakenNow, Pending } from '../../../../application/ports/image-generator.js';
import type { JobMessage } from '../../../../application/ports/stores/chat/job-message-store.js';
import type { WayInDatabase } from '../../../../application/ports/stores/way-in-database.js';
import type { Generation } from '../../../../domain/generation/generation.js';
import type { GenerationId } from '../../../../domain/ids.js';
import { secondsAfter } from '../../../../domain/time.js';
import { cancelJobButton } from '../../buttons/job-buttons.js';
import {
  answering,
  asMessage,
  type Keyboard,
  type MessagePlace,
  rewrite,
  type Screen,
} from '../../replies.js';
import { bestEffort } from '../../telegram-errors.js';
import type { Html } from '../../wording/html.js';
import { type Language, languageOf, type Translator } from '../../wording/translator.js';
import { addressOf } from '../job-address.js';
import { progressText } from './progress-texts.js';

/** Telegram counts edits as messages: no more than one in so many seconds for one job. */
const secondsBetweenEdits = 3;

type Shown = Pending | NotTakenNow;

const open: readonly string[] = ['accepted', 'submitting', 'submitted'];

/** More jobs than are under way at once. */
const mostPlaces = 1000;

/** The one message of a job that says how far it is. Best effort: the result arrives also without it. */
export class ProgressMessages {
  /** Of those that this process sent: a job's message keeps its place. */
  private readonly places = new Map<GenerationId, JobMessage>();

  constructor(
    private readonly source: string,
    private readonly api: Api,
    private readonly database: WayInDatabase,
    private readonly clock: Clock,
    private readonly textsIn: (language: Language) => Translator,
    private readonly disk: Pick<DiskSpace, 'isShort'>,
  ) {}

  /** Shows that a job was accepted, in a new message or in `instead`. Does nothing if the job has a message already. */
  async begin(generation: Asked, instead?: MessagePlace): Promise<void> {
    const { jobMessages } = this.database.stores;
    const isNew = generation.ahead !== undefined;
    if (!open.includes(generation.status) || (!isNew && (await jobMessages.find(generation.id)) !== null))
      return;
    const address = addressOf(generation.origin);
    const texts = this.textsIn(address.language);
    const screen = await this.screen(generation, null, texts);
    const place = instead ?? (await this.send(generation, screen));
    if (instead !== undefined) await rewrite(this.api, instead, screen);
    const message = { generation: generation.id, source: this.source, ...place, language: address.language };
    // The job may have ended while the message was being sent; then nobody else deletes it.
    if (await jobMessages.remember(message, this.clock.now())) return this.removeMessage(message);
    this.places.set(message.generation, message);
    const [oldest] = this.places.keys();
    if (this.places.size > mostPlaces && oldest !== undefined) this.places.delete(oldest);
  }

  /** Shows progress, unless it was shown just now. */
  async show(generation: Generation, pending: Shown): Promise<void> {
    const now = this.clock.now();
    const message = await this.database.stores.jobMessages.takeTurn(
      generation.id,
      now,
      secondsAfter(now, -secondsBetweenEdits),
    );
    if (message !== null) await this.edit(message, generation, pending);
  }

  /** Moves the bars of the jobs that were shown the longest time ago. */
  async showDue(limit: number): Promise<void> {
    const now = this.clock.now();
    const { jobMessages, generations } = this.database.stores;
    const due = await jobMessages.takeTurns(this.source, now, secondsAfter(now, -secondsBetweenEdits), limit);
    for (const message of due) {
      const generation = await generations.find(message.generation);
      if (generation === null) await this.removeMessage(message);
      // Read anew: meanwhile the message may tell how the job ended, and then it stays.
      else if (!open.includes(generation.status) && isToldOf(generation)) await this.remove(generation);
      else if (open.includes(generation.status))
        await this.edit(message, generation, await this.pendingOf(generation));
    }
  }

  /** Deletes the message: the result has arrived. */
  async remove({ id }: Generation): Promise<void> {
    const message = this.places.get(id) ?? (await this.database.stores.jobMessages.find(id));
    if (message !== null) await this.removeMessage(message);
  }

  /** Lets the message tell how its job ended. False when there is no message or Telegram refuses the edit. */
  async conclude(generation: Generation, text: Html, keyboard: Keyboard): Promise<boolean> {
    const message = await this.database.stores.jobMessages.find(generation.id);
    if (message === null) return false;
    await this.api.editMessageText(message.chat, message.message, text.source, asMessage(keyboard));
    await this.forget(generation.id);
    return true;
  }

  private async removeMessage({ generation, chat, message }: JobMessage): Promise<void> {
    await bestEffort(() => this.api.deleteMessage(chat, message));
    await this.forget(generation);
  }

  private async forget(generation: GenerationId): Promise<void> {
    this.places.delete(generation);
    await this.database.stores.jobMessages.remove(generation);
  }

  private async edit(message: JobMessage, generation: Generation, pending: Shown | null): Promise<void> {
    const texts = this.textsIn(languageOf(message.language));
    await rewrite(this.api, message, await this.screen(generation, pending, texts));
  }

  private async screen(generation: Asked, pending: Shown | null, texts: Translator) {
    const { stores } = this.database;
    const isWaiting = generation.status === 'accepted';
    const [ahead, isDiskShort, duration] = await Promise.all([
      isWaiting ? (generation.ahead ?? stores.durations.ahead(generation.id)) : 0,
      isWaiting && this.disk.isShort(),
      isWaiting ? unknownDuration : estimateDuration(stores, generation.preset),
    ]);
    const facts = { progress: pending, ahead, isDiskShort, duration, now: this.clock.now() };
    const text = progressText(generation, facts, texts);
    const cancel = cancelJobButton.button(texts.plain('button-cancel'), { generation: generation.id });
    return { text, keyboard: [[cancel]] };
  }

  private async pendingOf(generation: Generation): Promise<Shown | null> {
    const progress = await this.database.stores.generations.progressOf(generation.id);
    if (progress === null || progress.phase === 'downloading') return null;
    const { phase, position } = progress;
    return phase === 'waiting'
      ? { kind: 'pending', phase, position: null }
      : { kind: 'pending', phase, position };
  }

  private async send(generation: Generation, { text, keyboard }: Screen) {
    const { chat, message } = addressOf(generation.origin);
    const sent = await this.api.sendMessage(chat, text.source, {
      ...asMessage(keyboard),
      ...answering(message),
      disable_notification: true,
    });
    return { chat: sent.chat.id, message: sent.message_id };
  }
}

/** The person has seen how it ended. */
function isToldOf(generation: Generation): boolean {
  if (generation.status === 'delivered') return true;
  return 'announcedAt' in generation && generation.announcedAt !== null;
}

import type { Api } from 'grammy';
import type { Asked, ShownNames } from '../../../../application/generation/accept-once.js';
import { estimateDuration, unknownDuration } from '../../../../application/generation/estimate-duration.js';
import type { DiskSpace } from '../../../../application/policy/disk-space.js';
import type { Clock } from '../../../../application/ports/clock.js';
import type { NotTakenNow, Pending } from '../../../../application/ports/image-generator.js';
import type { JobMessage } from '../../../../application/ports/stores/chat/job-message-store.js';
import type { SentFile, SentPlace } from '../../../../application/ports/stores/chat/sent-file-store.js';
import type {
  GenerationWithProgress,
  Progress,
} from '../../../../application/ports/stores/generation-store.js';
import type { WayInDatabase } from '../../../../application/ports/stores/way-in-database.js';
import type { Generation } from '../../../../domain/generation/generation.js';
import type { AvatarId, GenerationId, UserId } from '../../../../domain/ids.js';
import { secondsAfter } from '../../../../domain/time.js';
import { cancelJobButton, otherAvatarButton } from '../../buttons/job-buttons.js';
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

/** Each edit is under way on a connection of its own. */
const editsAtOnce = 5;
/** An edit that changes nothing does no harm. */
const shownAtMost = 2000;

type Shown = Pending | NotTakenNow;

const open: readonly string[] = ['accepted', 'submitting', 'submitted'];

/** More jobs than are under way at once. */
const mostPlaces = 1000;

/** A picture as Telegram took it. */
export interface Posted {
  readonly image: string;
  readonly form: SentFile['form'];
  /** Its `file_id`. */
  readonly handle: string | undefined;
  readonly place: SentPlace;
}

/** The one message of a job that says how far it is. Best effort: the result arrives also without it. */
export class ProgressMessages {
  /** Of those that this process sent: a job's message keeps its place. */
  private readonly places = new Map<GenerationId, JobMessage>();
  /** What each says: it is edited when that changes. */
  private readonly shown = new Map<GenerationId, string>();
  /** Whose owner has others to show. */
  private readonly others = new Map<GenerationId, boolean>();

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
    while (due.length > 0) {
      const messages = due.splice(0, editsAtOnce);
      // Read anew: meanwhile a message may tell how its job ended, and then it stays.
      const found = await generations.withProgress(messages.map(({ generation }) => generation));
      const jobs = new Map(found.map((job) => [job.generation.id, job]));
      await Promise.all(messages.map((message) => this.bringUpToDate(message, jobs.get(message.generation))));
    }
  }

  /** Deletes the message: the result has arrived, in these pictures. */
  async remove({ id }: Generation, posted: readonly Posted[] = []): Promise<void> {
    const message = this.places.get(id) ?? (await this.database.stores.jobMessages.find(id));
    if (message !== null) await this.removeMessage(message, posted);
    else if (posted.length > 0) await this.forget(id, posted);
  }

  /** Lets the message tell how its job ended. False when there is no message or Telegram refuses the edit. */
  async conclude(generation: Generation, text: Html, keyboard: Keyboard): Promise<boolean> {
    const message = await this.database.stores.jobMessages.find(generation.id);
    if (message === null) return false;
    await this.api.editMessageText(message.chat, message.message, text.source, asMessage(keyboard));
    await this.forget(generation.id);
    return true;
  }

  private async removeMessage(
    { generation, chat, message }: JobMessage,
    posted: readonly Posted[] = [],
  ): Promise<void> {
    await bestEffort(() => this.api.deleteMessage(chat, message));
    await this.forget(generation, posted);
  }

  private async forget(generation: GenerationId, posted: readonly Posted[] = []): Promise<void> {
    this.places.delete(generation);
    this.shown.delete(generation);
    this.others.delete(generation);
    const sent = posted.flatMap(({ handle, ...file }) =>
      handle === undefined ? [] : [{ ...file, source: this.source, handle }],
    );
    await this.database.stores.jobMessages.remove(generation, sent);
  }

  private async bringUpToDate(message: JobMessage, job: GenerationWithProgress | undefined): Promise<void> {
    if (job === undefined) return this.removeMessage(message);
    const { generation, progress } = job;
    if (open.includes(generation.status)) return this.edit(message, generation, pendingIn(progress));
    if (isToldOf(generation)) await this.removeLeftover(generation);
  }

  /** Only one that is still kept here: what tells how a job ended is forgotten before the job counts as told. */
  private async removeLeftover({ id }: Generation): Promise<void> {
    const message = await this.database.stores.jobMessages.find(id);
    if (message === null) this.places.delete(id);
    else await this.removeMessage(message);
  }

  private async edit(message: JobMessage, generation: Generation, pending: Shown | null): Promise<void> {
    const screen = await this.screen(generation, pending, this.textsIn(languageOf(message.language)));
    const { source } = screen.text;
    if (this.shown.get(generation.id) === source) return;
    await rewrite(this.api, message, screen);
    if (this.shown.size >= shownAtMost) this.shown.clear();
    this.shown.set(generation.id, source);
  }

  private async screen(generation: Asked, pending: Shown | null, texts: Translator) {
    const { stores } = this.database;
    const isWaiting = generation.status === 'accepted';
    const [ahead, isDiskShort, duration, names] = await Promise.all([
      isWaiting ? (generation.ahead ?? stores.durations.ahead(generation.id)) : 0,
      isWaiting && this.disk.isShort(),
      isWaiting ? unknownDuration : estimateDuration(stores, generation.preset),
      isWaiting ? (generation.names ?? this.namesOf(generation)) : null,
    ]);
    const facts = { progress: pending, ahead, isDiskShort, duration, names, now: this.clock.now() };
    const text = progressText(generation, facts, texts);
    const job = { generation: generation.id };
    const cancel = cancelJobButton.button(texts.plain('button-cancel'), job);
    const other = otherAvatarButton.button(texts.plain('button-other-avatar'), job);
    return { text, keyboard: [(await this.hasOthers(generation)) ? [cancel, other] : [cancel]] };
  }

  /** Whether it could show somebody else. Looked up once: avatars come and go seldom. */
  private async hasOthers({ id, owner, preset, usable }: Asked): Promise<boolean> {
    if (preset === null) return false;
    const found = this.others.get(id) ?? (usable === undefined ? await this.hasSeveral(owner) : usable > 1);
    if (this.others.size >= shownAtMost) this.others.clear();
    this.others.set(id, found);
    return found;
  }

  private async hasSeveral(owner: UserId): Promise<boolean> {
    const avatars = await this.database.stores.avatars.list(owner);
    return avatars.filter(({ status }) => status === 'ready').length > 1;
  }

  private async namesOf({ avatar, companion }: Generation): Promise<ShownNames> {
    const { avatars } = this.database.stores;
    const nameOf = async (id: AvatarId | null) => (id === null ? undefined : (await avatars.find(id))?.name);
    return { avatar: await nameOf(avatar), companion: await nameOf(companion) };
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

function pendingIn(progress: Progress | null): Shown | null {
  if (progress === null || progress.phase === 'downloading') return null;
  const { phase, position } = progress;
  return phase === 'waiting'
    ? { kind: 'pending', phase, position: null }
    : { kind: 'pending', phase, position };
}

/** The person has seen how it ended. */
function isToldOf(generation: Generation): boolean {
  if (generation.status === 'delivered') return true;
  return 'announcedAt' in generation && generation.announcedAt !== null;
}

import type { Api } from 'grammy';
import type { Asked } from '../../../../application/generation/accept-once.js';
import type { NotTakenNow, Pending } from '../../../../application/ports/image-generator.js';
import type {
  JobMessage,
  KeptJobMessage,
  LastTurn,
} from '../../../../application/ports/stores/chat/job-message-store.js';
import type { SentFile, SentPlace } from '../../../../application/ports/stores/chat/sent-file-store.js';
import type {
  GenerationWithProgress,
  Progress,
} from '../../../../application/ports/stores/generation-store.js';
import type { Generation, GenerationIn } from '../../../../domain/generation/generation.js';
import type { GenerationId } from '../../../../domain/ids.js';
import { secondsAfter } from '../../../../domain/time.js';
import {
  answering,
  asMessage,
  type Keyboard,
  type MessagePlace,
  rewrite,
  type Screen,
} from '../../replies.js';
import type { TelegramDependencies } from '../../telegram-dependencies.js';
import { bestEffort, isUnchanged } from '../../telegram-errors.js';
import type { Html } from '../../wording/html.js';
import { type Language, languageOf, type Translator } from '../../wording/translator.js';
import { addressOf } from '../job-address.js';
import { endScreen } from './end-screen.js';
import { ProgressDrafts, secondsBetweenDrafts } from './progress-drafts.js';
import { ProgressScreens } from './progress-screens.js';

/** Telegram counts edits as messages: no more than one in so many seconds for one job. */
const secondsBetweenEdits = 3;

/** Each edit is under way on a connection of its own. */
const editsAtOnce = 5;
/** An edit that changes nothing does no harm. */
const shownAtMost = 2000;

type Shown = Pending | NotTakenNow;
/** What was shown of a job that was open then. */
type Step = Html | null;

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
  private readonly screens: ProgressScreens;
  private readonly drafts: ProgressDrafts;

  constructor(
    private readonly source: string,
    private readonly api: Api,
    private readonly parts: Pick<TelegramDependencies, 'database' | 'clock' | 'disk' | 'policy'>,
    private readonly textsIn: (language: Language) => Translator,
  ) {
    this.screens = new ProgressScreens(parts);
    this.drafts = new ProgressDrafts(api, parts.clock);
  }

  /** Shows that a job was accepted, in a new message or in `instead`. Does nothing if the job has a message already. */
  async begin(generation: Asked, instead?: MessagePlace): Promise<void> {
    const { jobMessages } = this.stores;
    const isNew = generation.ahead !== undefined;
    if (!open.includes(generation.status) || (!isNew && (await jobMessages.find(generation.id)) !== null))
      return;
    const address = addressOf(generation.origin);
    const texts = this.textsIn(address.language);
    const screen = await this.screens.of(generation, null, texts);
    const place = instead ?? (await this.send(generation, screen));
    if (instead !== undefined) await rewrite(this.api, instead, screen);
    const message = { generation: generation.id, source: this.source, ...place, language: address.language };
    // The job may have ended while the message was being sent; then nobody else deletes it.
    if (await jobMessages.remember(message, this.parts.clock.now())) return this.removeMessage(message);
    this.places.set(message.generation, message);
    const [oldest] = this.places.keys();
    if (this.places.size > mostPlaces && oldest !== undefined) this.places.delete(oldest);
  }

  /** Shows progress, unless it was shown just now. */
  async show(generation: Generation, pending: Shown): Promise<void> {
    const now = this.parts.clock.now();
    const message = await this.stores.jobMessages.takeTurn(generation.id, now, lastTurn(now));
    if (message === null) return;
    const step = await this.edit(message, generation, pending);
    await this.lookAgain(now, [{ message, step }]);
  }

  /** Moves the bars of the jobs that were shown the longest time ago. */
  async showDue(limit: number): Promise<void> {
    const now = this.parts.clock.now();
    const { jobMessages, generations } = this.stores;
    const due = await jobMessages.takeTurns(this.source, now, lastTurn(now), limit);
    while (due.length > 0) {
      const messages = due.splice(0, editsAtOnce);
      // Read anew: meanwhile a message may tell how its job ended, and then it stays.
      const found = await generations.withProgress(messages.map(({ generation }) => generation));
      const jobs = new Map(found.map((job) => [job.generation.id, job]));
      const shown = await Promise.all(
        messages.map(async (message) => ({
          message,
          step: await this.bringUpToDate(message, jobs.get(message.generation)),
        })),
      );
      await this.lookAgain(now, shown);
    }
  }

  /** Deletes the message: the result has arrived, in these pictures. */
  async remove({ id }: Generation, posted: readonly Posted[] = []): Promise<void> {
    const message = this.places.get(id) ?? (await this.stores.jobMessages.find(id));
    if (message !== null) await this.removeMessage(message, posted);
    else if (posted.length > 0) await this.forget(id, posted);
  }

  /**
   * Lets the message tell how its job ended. False when there is none, when Telegram refuses the edit, and when a
   * draft has to go as well: a new message has to tell.
   */
  async conclude(generation: Generation, text: Html, keyboard: Keyboard): Promise<boolean> {
    const message = await this.stores.jobMessages.find(generation.id);
    if (message === null || this.drafts.mayBeShown(message)) return false;
    try {
      await this.api.editMessageText(message.chat, message.message, text.source, asMessage(keyboard));
    } catch (error) {
      // Told already, by a process that was late with its progress.
      if (!isUnchanged(error)) throw error;
    }
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
    this.screens.forget(generation);
    const sent = posted.flatMap(({ handle, ...file }) =>
      handle === undefined ? [] : [{ ...file, source: this.source, handle }],
    );
    await this.stores.jobMessages.remove(generation, sent);
  }

  private async bringUpToDate(message: JobMessage, job: GenerationWithProgress | undefined): Promise<Step> {
    if (job === undefined) await this.removeMessage(message);
    else if (open.includes(job.generation.status))
      return this.edit(message, job.generation, pendingIn(job.progress));
    else if (isToldOf(job.generation)) await this.removeLeftover(job.generation);
    return null;
  }

  /**
   * Between the look at a job and the edit of its message another process may have told there how it ended, and the
   * edit undone that. The job ends before it is told, so what is open still may be told later: over the edit.
   */
  private async lookAgain(
    now: Date,
    shown: readonly { message: KeptJobMessage; step: Step }[],
  ): Promise<void> {
    const edited = new Map(
      shown.flatMap(({ message, step }) => (step === null ? [] : [[message.generation, { message, step }]])),
    );
    if (edited.size === 0) return;
    const found = await this.stores.generations.withProgress([...edited.keys()]);
    await Promise.all(
      found.map(async ({ generation }) => {
        const { message, step } = edited.get(generation.id) ?? {};
        if (message === undefined || step === undefined) return;
        if (open.includes(generation.status)) await this.drafts.show(message, now, step);
        else await this.tellAgain(message, generation);
      }),
    );
  }

  private async tellAgain(message: JobMessage, generation: Generation): Promise<void> {
    const texts = this.textsIn(languageOf(message.language));
    if (isWithoutPictures(generation))
      await rewrite(this.api, message, endScreen(generation, texts, this.parts.policy));
    // Its pictures have come, and nobody deletes it any more.
    else if ((await this.stores.jobMessages.find(generation.id)) === null) await this.removeMessage(message);
  }

  /** Only one that is still kept here: what tells how a job ended is forgotten before the job counts as told. */
  private async removeLeftover({ id }: Generation): Promise<void> {
    const message = await this.stores.jobMessages.find(id);
    if (message === null) this.places.delete(id);
    else await this.removeMessage(message);
  }

  private async edit(message: JobMessage, generation: Generation, pending: Shown | null): Promise<Step> {
    const screen = await this.screens.of(generation, pending, this.textsIn(languageOf(message.language)));
    const { source } = screen.text;
    if (this.shown.get(generation.id) === source) return screen.step;
    await rewrite(this.api, message, screen);
    if (this.shown.size >= shownAtMost) this.shown.clear();
    this.shown.set(generation.id, source);
    return screen.step;
  }

  private get stores() {
    return this.parts.database.stores;
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

const lastTurn = (now: Date): LastTurn => ({
  shown: secondsAfter(now, -secondsBetweenEdits),
  drafted: secondsAfter(now, -secondsBetweenDrafts),
});

function isWithoutPictures(
  generation: Generation,
): generation is GenerationIn<'blocked' | 'failed' | 'cancelled'> {
  const { status } = generation;
  return status === 'blocked' || status === 'failed' || status === 'cancelled';
}

/** The person has seen how it ended. */
function isToldOf(generation: Generation): boolean {
  if (generation.status === 'delivered') return true;
  return 'announcedAt' in generation && generation.announcedAt !== null;
}

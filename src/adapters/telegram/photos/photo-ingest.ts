import { setTimeout as sleep } from 'node:timers/promises';
import type { Mine } from '../../../application/avatars/update-avatar-draft.js';
import { FairSemaphore } from '../../../application/policy/fair-semaphore.js';
import { DomainError, type Refusal } from '../../../domain/errors.js';
import { secondsAfter } from '../../../domain/time.js';
import type { Background } from '../background.js';
import type { DraftMessages } from '../delivery/drafts/draft-messages.js';
import { draftStateOf } from '../delivery/drafts/draft-state.js';
import type { TelegramDependencies } from '../telegram-dependencies.js';
import type { Language, Translator } from '../wording/translator.js';
import type { FileRefusal, PhotoOutcome, RefusedPhoto } from './photo-outcome.js';
import { type SentPhoto, sentPhotoOf } from './sent-photo.js';
import type { Download, TelegramFiles } from './telegram-files.js';
import type { VerdictMessages } from './verdict-messages.js';

/** An album arrives as many updates: it is complete this long after the last one. */
const settleMilliseconds = 700;
/** Whoever holds a file or a draft for longer than this is dead. Seconds. */
const abandonedAfter = 300;
const fetched = { all: 500, each: 150 } as const;
/** A file that could not be downloaded for this long is given up. */
const givenUpAfterMilliseconds = 900_000;
/** Each file is up to 20 MB in memory, and a ZIP keeps its place until the last of its photos was judged. */
const inHand = { atOnce: 6, each: 2 } as const;

type Known = Pick<RefusedPhoto, 'name' | 'preview' | 'like'>;

interface Kept {
  readonly id: number;
  readonly photo: SentPhoto;
}

type Dependencies = Pick<TelegramDependencies, 'database' | 'clock' | 'workerId' | 'addPhotos' | 'log'>;

interface Parts extends Dependencies {
  readonly source: string;
  readonly telegramFiles: TelegramFiles;
  readonly draftMessages: DraftMessages;
  readonly verdicts: VerdictMessages;
  readonly background: Background;
  readonly textsIn: (language: Language) => Translator;
}

/**
 * Takes photos in. Each is stored when it arrives, and looked at later together with what came with it: so an album
 * gets one answer, the chat does not wait for downloads, and a restart loses nothing.
 */
export class PhotoIngest {
  private isScheduled = false;
  private readonly semaphore = new FairSemaphore(inHand);

  constructor(private readonly parts: Parts) {}

  /** `update` numbers it: one that is delivered twice is kept once. */
  async keep(update: number, photo: SentPhoto): Promise<void> {
    const { database, clock } = this.parts;
    const kept = [{ id: update, body: photo, person: photo.owner }];
    await database.stores.updates.keep(this.inboxName, kept, clock.now());
    this.schedule();
  }

  /** Takes up what nobody is working on: left by a process that died, or to be tried again. */
  takeUp(): void {
    this.parts.background.start('looking at photos that were left', async (signal) => {
      await this.takeUpSettled(signal);
    });
  }

  /** Runs soon, and once for everything that arrives until then. */
  private schedule(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    this.parts.background.start('looking at photos', async (signal) => {
      const isOver = await sleep(settleMilliseconds, false, { signal }).catch((error: unknown) => {
        if (!signal.aborted) throw error;
        return true;
      });
      this.isScheduled = false;
      if (isOver) return;
      if (await this.takeUpSettled(signal)) this.schedule();
    });
  }

  get inboxName(): string {
    return `${this.parts.source}:photos`;
  }

  /** True while more photos arrive for somebody: theirs wait, to be answered together. */
  private async takeUpSettled(signal: AbortSignal): Promise<boolean> {
    const { updates } = this.parts.database.stores;
    const now = this.parts.clock.now();
    const claimed = secondsAfter(now, -abandonedAfter);
    const waiting = (received: Date) => updates.unfinished(this.inboxName, { received, claimed }, fetched);
    const settledBefore = secondsAfter(now, -settleMilliseconds / 1000);
    const settled = new Set((await waiting(settledBefore)).map(({ id }) => id));
    const batches = new Map<string, Kept[]>();
    for (const { id, body } of await waiting(secondsAfter(now, 1))) {
      const photo = sentPhotoOf(body);
      if (photo === null) await updates.finish(this.inboxName, id);
      else batches.set(photo.avatar, [...(batches.get(photo.avatar) ?? []), { id, photo }]);
    }
    const ready = [...batches.values()].filter((batch) => batch.every(({ id }) => settled.has(id)));
    await Promise.all(ready.map((batch) => this.takeBatch(batch, signal)));
    return ready.length < batches.size;
  }

  /** One process at a time works on an avatar, so that only one changes its message. */
  private async takeBatch(batch: readonly Kept[], signal: AbortSignal): Promise<void> {
    const { database, clock, workerId } = this.parts;
    const { updates } = database.stores;
    const [first] = batch;
    if (first === undefined) return;
    const lock = `${this.parts.source}:draft:${first.photo.avatar}`;
    const now = clock.now();
    const by = { owner: workerId, at: now };
    const abandoned = secondsAfter(now, -abandonedAfter);
    if (!(await updates.claim(lock, 0, by, abandoned))) return;
    try {
      const ours: Kept[] = [];
      for (const each of batch)
        if (await updates.claim(this.inboxName, each.id, by, abandoned)) ours.push(each);
      if (ours.length > 0) await this.takeAll(ours, signal);
    } finally {
      await updates.giveBack(lock, 0);
    }
  }

  private async takeAll(batch: readonly Kept[], signal: AbortSignal): Promise<void> {
    const inOrder = batch.toSorted((one, other) => one.photo.message - other.photo.message);
    const last = inOrder.at(-1)?.photo;
    if (last === undefined) return;
    const mine = { owner: last.owner, avatar: last.avatar };
    const texts = this.parts.textsIn(last.language);
    const isLong = batch.length > 1 || (last.name ?? '').toLowerCase().endsWith('.zip');
    if (isLong) await this.show(mine, texts, last.message, true);
    const outcomes = (await Promise.all(inOrder.map((each) => this.takeOne(each, signal)))).flat();
    const told = await this.parts.verdicts.tell(mine, outcomes, texts);
    await this.show(mine, texts, Math.max(last.message, told));
  }

  /** The screen belongs below what was sent last, at the end of the chat. */
  private async show(mine: Mine, texts: Translator, under: number, isLooking = false): Promise<void> {
    const { database, draftMessages } = this.parts;
    const draft = await database.stores.avatarDrafts.findOwned(mine.owner, mine.avatar);
    if (draft === null || draft.openedAt === null) return;
    const { place } = draftStateOf(draft);
    if (place === null || place.message < under) await draftMessages.post(mine, texts, isLooking);
    else await draftMessages.refresh(mine, texts, isLooking);
  }

  private takeOne({ id, photo }: Kept, signal: AbortSignal): Promise<PhotoOutcome[]> {
    return this.semaphore.run(photo.owner, async () => {
      const { database, log } = this.parts;
      const { updates } = database.stores;
      try {
        const outcomes = await this.take(photo, `${this.inboxName}:${id}`, signal);
        await updates.finish(this.inboxName, id);
        return outcomes;
      } catch (error) {
        log.warn('a photo could not be looked at; it is tried again', { update: id, error });
        await updates.giveBack(this.inboxName, id);
        return [];
      }
    });
  }

  private async take(sent: SentPhoto, upload: string, signal: AbortSignal): Promise<PhotoOutcome[]> {
    const { limit } = this.parts.telegramFiles;
    const nothing = { name: sent.name, preview: null, like: null };
    const refused = (reason: FileRefusal, known: Known = nothing): PhotoOutcome => ({
      sent,
      limit,
      reason,
      ...known,
    });
    if (sent.wait !== null) return [refused('uploads_spent')];
    if (sent.bytes > limit) return [refused('beyond_telegram')];
    const download = await this.download(sent, signal);
    if ('refused' in download) return [refused(download.refused === 'gone' ? 'gone' : 'beyond_telegram')];
    try {
      const { verdicts } = await this.parts.addPhotos.execute(
        { avatar: sent.avatar, file: download.bytes, name: sent.name ?? undefined },
        { owner: sent.owner, upload },
      );
      return verdicts.map((verdict) =>
        verdict.status === 'refused'
          ? refused(verdict.reason, { name: verdict.name, preview: verdict.preview, like: verdict.like })
          : { sent, taken: verdict.photo },
      );
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return [refused(whyNot(error.refusal))];
    }
  }

  private async download(sent: SentPhoto, signal: AbortSignal): Promise<Download> {
    try {
      return await this.parts.telegramFiles.download(sent.fileId, signal);
    } catch (error) {
      const age = this.parts.clock.now().getTime() - sent.sentAt;
      if (age < givenUpAfterMilliseconds) throw error;
      this.parts.log.warn('a photo could not be had for long; it is given up', { error });
      return { refused: 'gone' };
    }
  }
}

function whyNot(refusal: Refusal): FileRefusal {
  if (refusal.code === 'archive_refused') return `archive_${refusal.reason}`;
  return refusal.code === 'wrong_state' ? 'while_training' : 'no_draft';
}

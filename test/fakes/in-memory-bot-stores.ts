import { maximumUpdateTries } from '../../src/application/policy/policy.js';
import type { FollowUp, FollowUpStore } from '../../src/application/ports/stores/chat/follow-up-store.js';
import type { GalleryView } from '../../src/application/ports/stores/chat/gallery-view-store.js';
import type {
  JobMessage,
  JobMessageStore,
  KeptJobMessage,
  LastTurn,
} from '../../src/application/ports/stores/chat/job-message-store.js';
import type { PendingReply } from '../../src/application/ports/stores/chat/pending-reply-store.js';
import type {
  Sent,
  SentFile,
  SentFileStore,
  SentPlace,
} from '../../src/application/ports/stores/chat/sent-file-store.js';
import type {
  DeadUpdate,
  IncomingUpdate,
  KeptUpdate,
  Taker,
  UpdateInbox,
} from '../../src/application/ports/stores/chat/update-inbox.js';
import type { GenerationForm } from '../../src/application/ports/stores/form-store.js';
import {
  noPreferences,
  type PreferenceStore,
  type Preferences,
} from '../../src/application/ports/stores/preference-store.js';
import type { Stores } from '../../src/application/ports/stores/stores.js';
import type { GenerationId, UserId } from '../../src/domain/ids.js';
import { InMemoryDurationStore } from './in-memory-duration-store.js';
import {
  type HideableRecipe,
  InMemoryFormStore,
  InMemoryGalleryViewStore,
  InMemoryPendingReplyStore,
  InMemoryRecipeStore,
} from './in-memory-form-stores.js';
import { InMemoryGalleryStore } from './in-memory-gallery-store.js';
import { type Access, requireUser } from './in-memory-state.js';
import { isLikely, isOver } from './is-over.js';

/** What a chat bot remembers between two messages. Rows are replaced, never changed. */
export interface BotState {
  readonly updates: Map<
    string,
    {
      readonly source: string;
      readonly id: number;
      readonly receivedAt: Date;
      readonly claimed: Taker | null;
      readonly done: boolean;
      readonly body: unknown;
      readonly person: string | null;
      readonly tries?: number;
      readonly error?: string;
      readonly deadAt?: Date | null;
    }
  >;
  readonly jobMessages: Map<GenerationId, { readonly message: KeptJobMessage; readonly shownAt: Date }>;
  readonly sentFiles: Map<string, Sent>;
  readonly ownFiles: Map<string, string>;
  readonly followUps: Map<GenerationId, FollowUp>;
  readonly preferences: Map<UserId, Preferences>;
  readonly forms: Map<string, GenerationForm>;
  readonly pendingReplies: Map<string, PendingReply>;
  readonly recipes: Map<string, HideableRecipe>;
  readonly galleryViews: Map<string, GalleryView>;
  /** Ids of images. */
  readonly favourites: Set<string>;
  /** Pictures of proof sheets that were taken into the gallery. */
  readonly kept: Set<string>;
  readonly deleted: Map<string, Date>;
}

export const emptyBotState = (): BotState => ({
  updates: new Map(),
  jobMessages: new Map(),
  ownFiles: new Map(),
  sentFiles: new Map(),
  followUps: new Map(),
  preferences: new Map(),
  forms: new Map(),
  pendingReplies: new Map(),
  recipes: new Map(),
  galleryViews: new Map(),
  favourites: new Set(),
  kept: new Set(),
  deleted: new Map(),
});

export const copyOfBotState = (state: BotState): BotState => ({
  updates: new Map(state.updates),
  jobMessages: new Map(state.jobMessages),
  sentFiles: new Map(state.sentFiles),
  ownFiles: new Map(state.ownFiles),
  followUps: new Map(state.followUps),
  preferences: new Map(state.preferences),
  forms: new Map(state.forms),
  pendingReplies: new Map(state.pendingReplies),
  recipes: new Map(state.recipes),
  galleryViews: new Map(state.galleryViews),
  favourites: new Set(state.favourites),
  kept: new Set(state.kept),
  deleted: new Map(state.deleted),
});

export type BotStores = Pick<
  Stores,
  | 'updates'
  | 'jobMessages'
  | 'sentFiles'
  | 'followUps'
  | 'preferences'
  | 'forms'
  | 'pendingReplies'
  | 'recipes'
  | 'galleryViews'
  | 'gallery'
  | 'durations'
>;

export const botStoresOver = (access: Access): BotStores => ({
  updates: new InMemoryUpdateInbox(access),
  jobMessages: new InMemoryJobMessageStore(access),
  sentFiles: new InMemorySentFileStore(access),
  followUps: new InMemoryFollowUpStore(access),
  preferences: new InMemoryPreferenceStore(access),
  forms: new InMemoryFormStore(access),
  pendingReplies: new InMemoryPendingReplyStore(access),
  recipes: new InMemoryRecipeStore(access),
  galleryViews: new InMemoryGalleryViewStore(access),
  gallery: new InMemoryGalleryStore(access),
  durations: new InMemoryDurationStore(access),
});

const isTriedTooOften = ({ tries = 0 }: { readonly tries?: number }): boolean => tries >= maximumUpdateTries;

class InMemoryUpdateInbox implements UpdateInbox {
  constructor(private readonly access: Access) {}

  keep(source: string, kept: readonly IncomingUpdate[], now: Date): Promise<void> {
    return this.access(({ bot: { updates } }) => keepIn(updates, source, kept, now));
  }

  claim(source: string, id: number, by: Taker, abandonedBefore: Date): Promise<boolean> {
    return this.access(({ bot: { updates } }) => claimIn(updates, source, id, by, abandonedBefore));
  }

  take(
    source: string,
    came: readonly IncomingUpdate[],
    by: Taker,
    { abandonedBefore, finished }: { abandonedBefore: Date; finished: readonly number[] },
  ): Promise<ReadonlySet<number>> {
    return this.access(({ bot: { updates } }) => {
      finishIn(updates, source, finished);
      keepIn(updates, source, came, by.at);
      const ours = came.filter(({ id }) => claimIn(updates, source, id, by, abandonedBefore));
      return new Set(ours.map(({ id }) => id));
    });
  }

  finish(source: string, ...ids: readonly number[]): Promise<void> {
    return this.access(({ bot: { updates } }) => finishIn(updates, source, ids));
  }

  setAside(source: string, { id, body }: KeptUpdate, now: Date): Promise<void> {
    return this.access(({ bot: { updates } }) => {
      if (!updates.has(`${source} ${id}`))
        updates.set(`${source} ${id}`, {
          source,
          id,
          receivedAt: now,
          claimed: null,
          done: true,
          body,
          person: null,
        });
    });
  }

  giveBack(source: string, id: number, failure?: { error: string; isOurs: boolean }): Promise<void> {
    return this.access(({ bot: { updates } }) => {
      const known = updates.get(`${source} ${id}`);
      if (known === undefined || known.done) return;
      const tries = Math.max((known.tries ?? 0) - (failure?.isOurs === true ? 0 : 1), 0);
      const error = failure === undefined ? {} : { error: failure.error };
      updates.set(`${source} ${id}`, { ...known, claimed: null, tries, ...error });
    });
  }

  giveUp(source: string, claimedBefore: Date, now: Date): Promise<DeadUpdate[]> {
    return this.access(({ bot: { updates } }) => {
      const found = [...updates].filter(
        ([, kept]) =>
          kept.source === source &&
          !kept.done &&
          kept.body !== null &&
          isTriedTooOften(kept) &&
          (kept.claimed === null || !isRecent(kept.claimed.at, claimedBefore)),
      );
      return found.map(([key, kept]) => {
        updates.set(key, { ...kept, done: true, deadAt: now });
        return { source, id: kept.id, body: kept.body, deadAt: now, error: kept.error ?? null };
      });
    });
  }

  dead(limit: number): Promise<DeadUpdate[]> {
    return this.access(({ bot: { updates } }) =>
      [...updates.values()]
        .flatMap(({ deadAt, ...kept }) =>
          deadAt
            ? [{ source: kept.source, id: kept.id, body: kept.body, deadAt, error: kept.error ?? null }]
            : [],
        )
        .sort((one, other) => other.deadAt.getTime() - one.deadAt.getTime())
        .slice(0, limit),
    );
  }

  revive(source: string, id: number): Promise<boolean> {
    return this.access(({ bot: { updates } }) => {
      const known = updates.get(`${source} ${id}`);
      if (!known?.deadAt) return false;
      updates.set(`${source} ${id}`, { ...known, done: false, deadAt: null, tries: 0, claimed: null });
      return true;
    });
  }

  dropClaims(owners: readonly string[]): Promise<number> {
    return this.access(({ bot: { updates } }) => {
      const held = [...updates].filter(
        ([, { claimed, done }]) => !done && claimed !== null && owners.includes(claimed.owner),
      );
      for (const [key, update] of held) updates.set(key, { ...update, claimed: null });
      return held.length;
    });
  }

  unfinished(
    source: string,
    before: { received: Date; claimed: Date },
    most: { all: number; each: number },
  ): Promise<KeptUpdate[]> {
    return this.access(({ bot: { updates } }) => {
      const taken = new Map<string, number>();
      const placed = [...updates.values()]
        .filter((kept) => kept.source === source && !kept.done && kept.body !== null)
        .filter((kept) => !isTriedTooOften(kept))
        .filter(({ receivedAt }) => !isRecent(receivedAt, before.received))
        .filter(({ claimed }) => claimed === null || !isRecent(claimed.at, before.claimed))
        .sort((one, other) => one.id - other.id)
        .map((kept) => {
          const key = kept.person ?? `update ${kept.id}`;
          const place = (taken.get(key) ?? 0) + 1;
          taken.set(key, place);
          return { ...kept, place };
        });
      return placed
        .filter(({ place }) => place <= most.each)
        .sort((one, other) => one.place - other.place || one.id - other.id)
        .slice(0, most.all)
        .sort((one, other) => one.id - other.id)
        .map(({ id, body }) => ({ id, body }));
    });
  }

  hasOpen(sources: readonly string[], received: Date): Promise<boolean> {
    return this.access(({ bot: { updates } }) =>
      [...updates.values()].some(
        ({ source, done, body, receivedAt }) =>
          sources.includes(source) && !done && body !== null && !isRecent(receivedAt, received),
      ),
    );
  }

  forget(before: Date): Promise<number> {
    return this.access(({ bot: { updates } }) => {
      const old = [...updates].filter(([, { receivedAt }]) => receivedAt < before);
      for (const [key] of old) updates.delete(key);
      return old.length;
    });
  }
}

function keepIn(
  updates: BotState['updates'],
  source: string,
  came: readonly IncomingUpdate[],
  receivedAt: Date,
): void {
  for (const { id, body, person = null } of came) {
    const row = { source, id, receivedAt, claimed: null, done: false, body, person };
    if (!updates.has(`${source} ${id}`)) updates.set(`${source} ${id}`, row);
  }
}

function claimIn(
  updates: BotState['updates'],
  source: string,
  id: number,
  by: Taker,
  abandonedBefore: Date,
): boolean {
  const known = updates.get(`${source} ${id}`);
  if (
    known?.done ||
    (known?.claimed && known.claimed.at >= abandonedBefore && isLikely(known.claimed.at, by.at))
  )
    return false;
  if (known !== undefined && isTriedTooOften(known)) return false;
  const fresh = { source, id, receivedAt: by.at, done: false, body: null, person: null };
  const tries = (known?.tries ?? 0) + ((known?.body ?? null) === null ? 0 : 1);
  updates.set(`${source} ${id}`, { ...(known ?? fresh), claimed: by, tries });
  return true;
}

function finishIn(updates: BotState['updates'], source: string, ids: readonly number[]): void {
  for (const id of ids) {
    const known = updates.get(`${source} ${id}`);
    if (known !== undefined && !known.done)
      updates.set(`${source} ${id}`, { ...known, done: true, body: null });
  }
}

function taken(
  kept: BotState['jobMessages'],
  message: KeptJobMessage,
  now: Date,
  { drafted }: LastTurn,
): KeptJobMessage {
  const isOldest = [...kept.values()].every(
    ({ message: { source, chat, message: number } }) =>
      source !== message.source || chat !== message.chat || number >= message.message,
  );
  const isDue = message.draftedAt === null || isOver(message.draftedAt, drafted);
  const next = isOldest && isDue ? { ...message, draftedAt: now } : message;
  kept.set(message.generation, { message: next, shownAt: now });
  return next;
}

class InMemoryJobMessageStore implements JobMessageStore {
  constructor(private readonly access: Access) {}

  remember(message: JobMessage, now: Date): Promise<boolean> {
    return this.access((state) => {
      const job = state.generations.get(message.generation)?.job;
      if (job === undefined) throw new Error(`there is no generation ${message.generation}`);
      state.bot.jobMessages.set(message.generation, {
        message: { ...message, draftedAt: null },
        shownAt: now,
      });
      return job.status === 'delivered' || ('announcedAt' in job && job.announcedAt !== null);
    });
  }

  find(generation: GenerationId): Promise<KeptJobMessage | null> {
    return this.access(({ bot }) => bot.jobMessages.get(generation)?.message ?? null);
  }

  findAt(source: string, { chat, message: number }: SentPlace): Promise<KeptJobMessage | null> {
    return this.access(
      ({ bot }) =>
        [...bot.jobMessages.values()]
          .map(({ message }) => message)
          .find((one) => one.source === source && one.chat === chat && one.message === number) ?? null,
    );
  }

  takeTurn(generation: GenerationId, now: Date, last: LastTurn): Promise<KeptJobMessage | null> {
    return this.access(({ bot: { jobMessages } }) => {
      const row = jobMessages.get(generation);
      return row === undefined || !isOver(row.shownAt, last.shown)
        ? null
        : taken(jobMessages, row.message, now, last);
    });
  }

  takeTurns(source: string, now: Date, last: LastTurn, limit: number): Promise<KeptJobMessage[]> {
    return this.access(({ bot: { jobMessages } }) => {
      const due = [...jobMessages.values()]
        .filter(({ message, shownAt }) => message.source === source && isOver(shownAt, last.shown))
        .sort((one, other) => one.shownAt.getTime() - other.shownAt.getTime())
        .slice(0, limit);
      return due.map(({ message }) => taken(jobMessages, message, now, last));
    });
  }

  remove(generation: GenerationId, sent: readonly Sent[] = []): Promise<KeptJobMessage | null> {
    return this.access(({ images, bot: { jobMessages, sentFiles } }) => {
      for (const file of sent) if (images.some(({ id }) => id === file.image)) rememberIn(sentFiles, file);
      const found = jobMessages.get(generation)?.message ?? null;
      jobMessages.delete(generation);
      return found;
    });
  }
}

class InMemorySentFileStore implements SentFileStore {
  constructor(private readonly access: Access) {}

  remember(sent: Sent): Promise<void> {
    return this.access((state) => {
      if (!state.images.some(({ id }) => id === sent.image))
        throw new Error(`there is no image ${sent.image}`);
      rememberIn(state.bot.sentFiles, sent);
    });
  }

  handles(source: string, form: SentFile['form'], images: readonly string[]): Promise<Map<string, string>> {
    return this.access(({ bot: { sentFiles } }) => {
      const found = new Map<string, string>();
      for (const image of images) {
        const handle = sentFiles.get(keyOf({ source, image, form }))?.handle;
        if (handle !== undefined) found.set(image, handle);
      }
      return found;
    });
  }

  imageAt(source: string, { chat, message }: SentPlace): Promise<string | null> {
    return this.access(({ bot: { sentFiles } }) => {
      const there = [...sentFiles.values()].find(
        (sent) => sent.source === source && sent.place?.chat === chat && sent.place.message === message,
      );
      return there?.image ?? null;
    });
  }

  takePlaces(source: string, images: readonly string[]): Promise<SentPlace[]> {
    return this.access(({ bot: { sentFiles } }) =>
      [...sentFiles.values()].flatMap((sent) => {
        if (sent.source !== source || !images.includes(sent.image) || sent.place === null) return [];
        sentFiles.set(keyOf(sent), { ...sent, place: null });
        return [sent.place];
      }),
    );
  }

  forget(file: SentFile): Promise<void> {
    return this.access(({ bot }) => {
      bot.sentFiles.delete(keyOf(file));
    });
  }

  ownHandle(source: string, name: string): Promise<string | null> {
    return this.access(({ bot }) => bot.ownFiles.get(`${source} ${name}`) ?? null);
  }

  rememberOwn(source: string, name: string, handle: string): Promise<void> {
    return this.access(({ bot }) => {
      bot.ownFiles.set(`${source} ${name}`, handle);
    });
  }
}

const keyOf = ({ source, image, form }: SentFile) => `${source} ${image} ${form}`;

function rememberIn(sentFiles: Map<string, Sent>, sent: Sent): void {
  const known = sentFiles.get(keyOf(sent));
  sentFiles.set(keyOf(sent), { ...sent, place: sent.place ?? known?.place ?? null });
}

class InMemoryFollowUpStore implements FollowUpStore {
  constructor(private readonly access: Access) {}

  owe(followUp: FollowUp): Promise<void> {
    return this.access(({ generations, bot: { followUps } }) => {
      if (generations.get(followUp.generation)?.job.status === 'collected')
        followUps.set(followUp.generation, followUp);
    });
  }

  keep({ generation, takenAt, hasButtons }: FollowUp, now: Date): Promise<FollowUp | null> {
    return this.access(({ bot: { followUps } }) => {
      const row = followUps.get(generation);
      if (row?.takenAt.getTime() !== takenAt.getTime()) return null;
      const kept = { ...row, takenAt: now, hasButtons };
      followUps.set(generation, kept);
      return kept;
    });
  }

  take(source: string, now: Date, untouchedSince: Date, limit: number): Promise<FollowUp[]> {
    return this.access(({ generations, bot: { followUps } }) => {
      const due = [...followUps.values()]
        .filter((row) => row.source === source && isOver(row.takenAt, untouchedSince))
        .filter(({ generation }) => generations.get(generation)?.job.status === 'delivered')
        .sort((one, other) => one.takenAt.getTime() - other.takenAt.getTime())
        .slice(0, limit)
        .map((row) => ({ ...row, takenAt: now }));
      for (const row of due) followUps.set(row.generation, row);
      return due;
    });
  }

  done(generation: GenerationId): Promise<void> {
    return this.access(({ bot: { followUps } }) => {
      followUps.delete(generation);
    });
  }
}

class InMemoryPreferenceStore implements PreferenceStore {
  constructor(private readonly access: Access) {}

  of(user: UserId): Promise<Preferences> {
    return this.access(({ bot }) => bot.preferences.get(user) ?? noPreferences);
  }

  change(user: UserId, changes: Partial<Preferences>): Promise<void> {
    return this.access((state) => {
      requireUser(state, user);
      const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
      state.bot.preferences.set(user, { ...(state.bot.preferences.get(user) ?? noPreferences), ...given });
    });
  }
}

const isRecent = (time: Date, since: Date): boolean => time >= since && isLikely(time, since);

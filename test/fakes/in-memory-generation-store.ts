import { maximumTries } from '../../src/application/policy/policy.js';
import type { ProviderEvent } from '../../src/application/ports/provider-webhooks.js';
import type {
  Circumstances,
  GenerationPage,
  GenerationStore,
  GenerationWithProgress,
  Glance,
  GoodEnd,
  Progress,
  Shown,
} from '../../src/application/ports/stores/generation-store.js';
import type { StepFailure } from '../../src/application/ports/stores/jobs/leased-store.js';
import type { Lease, Precondition, Then } from '../../src/application/ports/stores/jobs/leases.js';
import {
  type Generation,
  type GenerationIn,
  type GenerationStatus,
  inFlightStatuses,
} from '../../src/domain/generation/generation.js';
import { submitting } from '../../src/domain/generation/generation-transitions.js';
import type { AvatarId, GenerationId, UserId } from '../../src/domain/ids.js';
import type { LedgerEntry } from '../../src/domain/ledger.js';
import { secondsAfter } from '../../src/domain/time.js';
import { avatarsOf } from './in-memory-avatar-store.js';
import { retiredIn } from './in-memory-endpoint-status-store.js';
import { addImages } from './in-memory-image-store.js';
import { InMemoryLeasedStore } from './in-memory-leased-store.js';
import { accountIn, writeEntries } from './in-memory-ledger.js';
import { type Access, type GenerationRow, requireUser, type State } from './in-memory-state.js';
import { acquired, isFreeToAcquire, looked, pauseAfter, unleased, written } from './leased-row.js';

interface Limits {
  readonly total: number;
  readonly perUser: number;
  readonly now: Date;
}

const inFlight: readonly GenerationStatus[] = inFlightStatuses;
const isWaiting = ({ status }: Generation) => status === 'accepted';
const isInFlight = ({ status }: Generation) => inFlight.includes(status);
const isOpen = (job: Generation) => isWaiting(job) || isInFlight(job);

export class InMemoryGenerationStore
  extends InMemoryLeasedStore<Generation, Progress, GenerationRow>
  implements GenerationStore
{
  constructor(access: Access) {
    super(access, {
      name: 'generation',
      rows: ({ generations }) => generations,
      isOpen,
      atProvider: 'submitted',
      needsWork,
    });
  }

  add(generation: Generation, requestKey?: string): Promise<Generation> {
    return this.access((state) => {
      const earlier = this.withKey(state, requestKey);
      if (earlier === null) this.addTo(state, generation, requestKey);
      return earlier ?? generation;
    });
  }

  addHeld(generation: Generation, hold: LedgerEntry, requestKey?: string): Promise<boolean> {
    return this.access((state) => {
      if (accountIn(state, hold.user).balance + hold.amount < 0) return false;
      if (this.withKey(state, requestKey) !== null) return false;
      this.addTo(state, generation, requestKey);
      writeEntries(state, [hold], generation.createdAt);
      return true;
    });
  }

  private addTo(state: State, generation: Generation, requestKey: string | undefined): void {
    requireUser(state, generation.owner);
    if (state.generations.has(generation.id)) throw new Error(`generation ${generation.id} is there already`);
    this.put(state, {
      job: generation,
      requestKey: requestKey ?? null,
      turn: nextPosition(this.all(state), generation.owner),
      ...unleased(generation.createdAt),
      progress: null,
    });
  }

  endWell(end: GoodEnd, expected: Precondition<'submitted'>, then: Then): Promise<Shown | null> {
    return this.access((state) => {
      if (!this.saveIn(state, end.next, expected, then)) return null;
      addImages(state, end.images);
      writeEntries(state, end.entries, end.now);
      const avatarOf = (id: AvatarId | null) =>
        id === null ? null : (state.avatars.get(id)?.avatar ?? null);
      const { avatar, companion } = end.next;
      const isAwaited = this.all(state).some(({ job }) => isWaiting(job));
      return { avatar: avatarOf(avatar), companion: avatarOf(companion), isAwaited };
    });
  }

  hear(id: GenerationId, event: ProviderEvent, lease: Lease, now: Date): Promise<Generation | null> {
    return this.access((state) => {
      const row = state.generations.get(id);
      if (row?.job.status !== 'submitted' || row.job.ticket !== event.ticket) return null;
      if (!isFreeToAcquire(row, now, state.living) || state.webhookInbox.has(event.requestId)) return null;
      state.webhookInbox.set(event.requestId, { event, receivedAt: now });
      this.put(state, acquired(row, lease, now));
      return row.job;
    });
  }

  withProgress(ids: readonly GenerationId[]): Promise<GenerationWithProgress[]> {
    return this.access((state) =>
      this.all(state)
        .filter(({ job }) => ids.includes(job.id))
        .map(({ job, progress }) => ({ generation: job, progress })),
    );
  }

  glance(ids: readonly GenerationId[]): Promise<Glance[]> {
    return this.access((state) =>
      this.all(state)
        .filter(({ job }) => ids.includes(job.id))
        .map(({ job, progress }) => ({ id: job.id, status: job.status, progress })),
    );
  }

  list({ owner, status, limit, before }: GenerationPage): Promise<Generation[]> {
    return this.access((state) =>
      this.all(state)
        .map(({ job }) => job)
        .filter(
          (job) =>
            (owner === undefined || job.owner === owner) &&
            (status === undefined || job.status === status) &&
            (before === undefined || byTime(job, before) < 0),
        )
        .sort((one, other) => byTime(other, one))
        .slice(0, limit),
    );
  }

  circumstances(owner: UserId, requestKey: string | undefined, now: Date): Promise<Circumstances> {
    return this.access((state) => {
      const rows = this.all(state);
      const turn = nextPosition(rows, owner);
      return {
        earlier: this.withKey(state, requestKey),
        open: rows.filter(({ job }) => job.owner === owner && isOpen(job)).length,
        ahead: rows.filter((row) => isWaiting(row.job) && row.turn <= turn).length,
        avatars: avatarsOf(state, owner),
        retired: retiredIn(state, now),
      };
    });
  }

  countOpen(owner: UserId): Promise<number> {
    return this.access(
      (state) => this.all(state).filter(({ job }) => job.owner === owner && isOpen(job)).length,
    );
  }

  hasPaidFor(owner: UserId, count: number): Promise<boolean> {
    return this.access(
      (state) => this.all(state).filter(({ job }) => job.owner === owner && job.price > 0).length >= count,
    );
  }

  lockNext(limits: Limits): Promise<Generation | null> {
    return this.access((state) => this.next(state, limits)?.job ?? null);
  }

  takeNext(limits: Limits, lease: Lease): Promise<GenerationIn<'submitting'> | null> {
    return this.access((state) => {
      const row = this.next(state, limits);
      if (row?.job.status !== 'accepted' || row.job.doubts > 0 || 'source' in row.job.order) return null;
      const avatars = [row.job.avatar, row.job.companion].filter((id) => id !== null);
      if (avatars.some((id) => !state.avatars.has(id))) return null;
      const next = submitting(row.job, limits.now);
      this.put(state, { ...written(row, [row.job, next], { checkAfter: lease.until, lease }), job: next });
      return next;
    });
  }

  private next(state: State, limits: Limits): GenerationRow | undefined {
    const rows = this.all(state);
    const busy = rows.filter(({ job }) => isInFlight(job)).map(({ job }) => job.owner);
    if (busy.length >= limits.total) return undefined;
    return rows
      .filter(({ job, tries }) => isDue(job, limits.now) && tries < maximumTries)
      .filter(({ job }) => busy.filter((user) => user === job.owner).length < limits.perUser)
      .sort((one, other) => one.turn - other.turn || byTime(one.job, other.job))[0];
  }

  hasNext(limits: Limits): Promise<boolean> {
    return this.access((state) => this.next(state, limits) !== undefined);
  }

  hasWaiting(): Promise<boolean> {
    return this.access((state) => this.all(state).some(({ job }) => isWaiting(job)));
  }

  lookAtQueue(lease: Lease, now: Date): Promise<void> {
    return this.access((state) => {
      for (const row of this.all(state)) if (isWaiting(row.job)) this.put(state, looked(row, lease, now));
    });
  }

  putOff(id: GenerationId, { now, error, counts }: StepFailure): Promise<void> {
    return this.change(id, (row) => {
      if (row.job.status !== 'accepted' || row.lease !== null) return row;
      const notBefore = secondsAfter(now, pauseAfter(row.tries + 1));
      return { ...row, tries: row.tries + (counts ? 1 : 0), error, job: { ...row.job, notBefore } };
    });
  }
}

/** Start-time fair queueing: after the owner's last job, and never before what the others have come to. */
function nextPosition(rows: readonly GenerationRow[], owner: UserId): number {
  const turns = (matches: (job: Generation) => boolean) =>
    rows.filter(({ job }) => matches(job)).map(({ turn }) => turn);
  const [running, waiting] = [turns(isInFlight), turns(isWaiting)];
  const own = turns((job) => job.owner === owner && isOpen(job));
  const reached = running.length > 0 ? Math.max(...running) : waiting.length > 0 ? Math.min(...waiting) : 0;
  return Math.max(reached, own.length > 0 ? Math.max(...own) + 1 : 1);
}

type TimeAndId = Pick<Generation, 'createdAt' | 'id'>;

function byTime(one: TimeAndId, other: TimeAndId): number {
  const apart = one.createdAt.getTime() - other.createdAt.getTime();
  if (apart !== 0 || one.id === other.id) return apart;
  return one.id < other.id ? -1 : 1;
}

const isDue = (generation: Generation, now: Date): boolean =>
  generation.status === 'accepted' && (generation.notBefore === null || generation.notBefore <= now);

export function needsWork(generation: Generation): boolean {
  switch (generation.status) {
    case 'submitting':
    case 'submitted':
    case 'collected':
      return true;
    case 'blocked':
    case 'failed':
    case 'cancelled':
      return generation.announcedAt === null;
    case 'accepted':
    case 'delivered':
      return false;
    default:
      return generation satisfies never;
  }
}

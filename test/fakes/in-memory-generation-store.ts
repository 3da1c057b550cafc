import { maximumTries } from '../../src/application/policy/policy.js';
import type {
  GenerationPage,
  GenerationStore,
  Progress,
} from '../../src/application/ports/stores/generation-store.js';
import type { Hopeless, StepFailure } from '../../src/application/ports/stores/jobs/leased-store.js';
import {
  type Lease,
  type Precondition,
  StaleWrite,
  type Then,
} from '../../src/application/ports/stores/jobs/leases.js';
import {
  type Generation,
  type GenerationStatus,
  inFlightStatuses,
} from '../../src/domain/generation/generation.js';
import type { GenerationId, UserId } from '../../src/domain/ids.js';
import { secondsAfter } from '../../src/domain/time.js';
import { type Access, type GenerationRow, requireUser, type State } from './in-memory-state.js';
import {
  acquired,
  isFree,
  isFreeToAcquire,
  isHopeless,
  isUnlikely,
  looked,
  pauseAfter,
  putBack,
  released,
  unleased,
  written,
} from './leased-row.js';

const inFlight: readonly GenerationStatus[] = inFlightStatuses;
const isWaiting = ({ generation }: GenerationRow) => generation.status === 'accepted';
const isInFlight = ({ generation }: GenerationRow) => inFlight.includes(generation.status);
const isOpen = (row: GenerationRow) => isWaiting(row) || isInFlight(row);

export class InMemoryGenerationStore implements GenerationStore {
  constructor(private readonly access: Access) {}

  add(generation: Generation, requestKey?: string): Promise<Generation> {
    return this.access((state) => {
      const earlier = requestKey === undefined ? null : byRequestKey(state, requestKey);
      if (earlier !== null) return earlier;
      requireUser(state, generation.owner);
      if (state.generations.has(generation.id))
        throw new Error(`generation ${generation.id} is there already`);
      state.generations.set(generation.id, {
        generation,
        requestKey: requestKey ?? null,
        turn: nextTurn(rowsOf(state), generation.owner),
        ...unleased(generation.createdAt),
        progress: null,
      });
      return generation;
    });
  }

  find(id: GenerationId): Promise<Generation | null> {
    return this.access(({ generations }) => generations.get(id)?.generation ?? null);
  }

  async findOwned(owner: UserId, id: GenerationId): Promise<Generation | null> {
    const found = await this.find(id);
    return found?.owner === owner ? found : null;
  }

  findByRequestKey(requestKey: string): Promise<Generation | null> {
    return this.access((state) => byRequestKey(state, requestKey));
  }

  /** Transactions run one after another here: nobody else is writing. */
  lock(id: GenerationId): Promise<Generation | null> {
    return this.find(id);
  }

  list({ owner, status, limit, before }: GenerationPage): Promise<Generation[]> {
    return this.access((state) =>
      rowsOf(state)
        .map(({ generation }) => generation)
        .filter(
          (generation) =>
            (owner === undefined || generation.owner === owner) &&
            (status === undefined || generation.status === status) &&
            (before === undefined || byTime(generation, before) < 0),
        )
        .sort((one, other) => byTime(other, one))
        .slice(0, limit),
    );
  }

  countOpen(owner: UserId): Promise<number> {
    return this.access(
      (state) =>
        rowsOf(state).filter((row) => row.generation.owner === owner && (isWaiting(row) || isInFlight(row)))
          .length,
    );
  }

  lockNext(limits: { total: number; perUser: number; now: Date }): Promise<Generation | null> {
    return this.access((state) => {
      const rows = rowsOf(state);
      const busy = rows.filter(isInFlight).map(({ generation }) => generation.owner);
      if (busy.length >= limits.total) return null;
      const next = rows
        .filter((row) => isWaiting(row) && row.tries < maximumTries)
        .filter(({ generation }) => isDue(generation, limits.now))
        .filter(({ generation }) => busy.filter((user) => user === generation.owner).length < limits.perUser)
        .sort((one, other) => one.turn - other.turn || byTime(one.generation, other.generation))[0];
      return next?.generation ?? null;
    });
  }

  hasWaiting(): Promise<boolean> {
    return this.access((state) => rowsOf(state).some(isWaiting));
  }

  acquire(
    id: GenerationId,
    status: GenerationStatus | readonly GenerationStatus[],
    lease: Lease,
    now: Date,
  ): Promise<Generation | null> {
    return this.access(({ generations, living }) => {
      const row = generations.get(id);
      if (
        row === undefined ||
        ![status].flat().includes(row.generation.status) ||
        !isFreeToAcquire(row, now, living)
      )
        return null;
      generations.set(id, acquired(row, lease, now));
      return row.generation;
    });
  }

  save(next: Generation, expected: Precondition<GenerationStatus>, then: Then): Promise<void> {
    return this.access(({ generations }) => {
      const row = generations.get(next.id);
      if (row === undefined || !isTrue(expected, row))
        throw new StaleWrite(`generation ${next.id} is no longer ${expected.status} and mine`);
      generations.set(next.id, {
        ...written(row, [row.generation, next], then),
        generation: { ...next, owner: row.generation.owner, createdAt: row.generation.createdAt },
      });
    });
  }

  free(id: GenerationId, lease: string, checkAfter: Date): Promise<void> {
    return this.access(({ generations }) => {
      const row = generations.get(id);
      if (row?.lease?.owner === lease) generations.set(id, released(row, checkAfter));
    });
  }

  reportProgress(id: GenerationId, progress: Progress): Promise<void> {
    return this.access(({ generations }) => {
      const row = generations.get(id);
      if (row !== undefined) generations.set(id, { ...row, progress });
    });
  }

  progressOf(id: GenerationId): Promise<Progress | null> {
    return this.access(({ generations }) => generations.get(id)?.progress ?? null);
  }

  stalled(now: Date, again: Date, limit: number): Promise<Generation[]> {
    return this.access((state) => {
      const overdue = rowsOf(state)
        .filter((row) => needsWork(row.generation) && row.checkAfter <= now && isFree(row, now, state.living))
        .sort((one, other) => one.checkAfter.getTime() - other.checkAfter.getTime())
        .slice(0, limit);
      for (const row of overdue) state.generations.set(row.generation.id, { ...row, checkAfter: again });
      return overdue.map(({ generation }) => generation);
    });
  }

  recheck(now: Date): Promise<number> {
    return this.access((state) => {
      let due = 0;
      for (const row of rowsOf(state)) {
        const { generation, lease, checkAfter } = row;
        const isDue =
          lease === null &&
          needsWork(generation) &&
          (generation.status === 'submitted' ? checkAfter > now : isUnlikely(checkAfter, now));
        const isPutOff =
          generation.status === 'accepted' &&
          generation.notBefore !== null &&
          isUnlikely(generation.notBefore, now);
        if (isDue) state.generations.set(generation.id, { ...row, checkAfter: new Date(0) });
        if (isPutOff)
          state.generations.set(generation.id, { ...row, generation: { ...generation, notBefore: null } });
        if (isDue || isPutOff) due += 1;
      }
      return due;
    });
  }

  lookAtLine(lease: Lease, now: Date): Promise<void> {
    return this.access((state) => {
      for (const row of rowsOf(state).filter(isWaiting))
        state.generations.set(row.generation.id, looked(row, lease, now));
    });
  }

  putOff(id: GenerationId, { now, error, counts }: StepFailure): Promise<void> {
    return this.access(({ generations }) => {
      const row = generations.get(id);
      if (row?.generation.status !== 'accepted' || row.lease !== null) return;
      const notBefore = secondsAfter(now, pauseAfter(row.tries + 1));
      const tries = row.tries + (counts ? 1 : 0);
      generations.set(id, { ...row, tries, error, generation: { ...row.generation, notBefore } });
    });
  }

  putBack(id: GenerationId, worker: string, failure: StepFailure): Promise<number | null> {
    return this.access((state) => {
      const row = state.generations.get(id);
      if (row?.lease?.owner !== worker) return null;
      const next = putBack(row, failure);
      state.generations.set(id, next);
      return next.tries;
    });
  }

  hopeless(limit: number): Promise<Hopeless<Generation>[]> {
    return this.access((state) =>
      rowsOf(state)
        .filter(isHopeless)
        .slice(0, limit)
        .map(({ generation, error }) => ({ row: generation, error })),
    );
  }

  openFor(seconds: number, limit: number): Promise<Generation[]> {
    return this.access((state) =>
      rowsOf(state)
        .filter((row) => isOpen(row) && row.waited >= seconds && row.lease === null && row.deadAt === null)
        .slice(0, limit)
        .map(({ generation }) => generation),
    );
  }

  markDead(id: GenerationId, since: Date | null): Promise<void> {
    return this.access((state) => {
      const row = state.generations.get(id);
      if (row !== undefined) state.generations.set(id, { ...row, deadAt: since });
    });
  }

  dead(limit: number): Promise<Hopeless<Generation>[]> {
    return this.access((state) =>
      rowsOf(state)
        .filter(({ deadAt }) => deadAt !== null)
        .sort((one, other) => (other.deadAt?.getTime() ?? 0) - (one.deadAt?.getTime() ?? 0))
        .slice(0, limit)
        .map(({ generation, error }) => ({ row: generation, error })),
    );
  }

  waited(id: GenerationId): Promise<number> {
    return this.access((state) => state.generations.get(id)?.waited ?? 0);
  }

  dropLeases(owners: readonly string[]): Promise<number> {
    return this.access((state) => {
      const freed = rowsOf(state).filter(({ lease }) => lease !== null && owners.includes(lease.owner));
      for (const row of freed)
        state.generations.set(row.generation.id, { ...row, lease: null, checkAfter: new Date(0) });
      return freed.length;
    });
  }
}

const rowsOf = ({ generations }: State): GenerationRow[] => [...generations.values()];

function byRequestKey(state: State, requestKey: string): Generation | null {
  return rowsOf(state).find((row) => row.requestKey === requestKey)?.generation ?? null;
}

/** Start-time fair queueing: after the owner's last job, and never before what the others have come to. */
function nextTurn(rows: readonly GenerationRow[], owner: UserId): number {
  const turns = (matches: (row: GenerationRow) => boolean) => rows.filter(matches).map(({ turn }) => turn);
  const [running, waiting] = [turns(isInFlight), turns(isWaiting)];
  const own = turns((row) => row.generation.owner === owner && (isWaiting(row) || isInFlight(row)));
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

const isTrue = (expected: Precondition<GenerationStatus>, { generation, lease }: GenerationRow): boolean =>
  generation.status === expected.status &&
  (expected.lease === undefined || lease?.owner === expected.lease) &&
  (expected.submits === undefined || generation.submits === expected.submits);

function needsWork(generation: Generation): boolean {
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

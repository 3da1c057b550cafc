import type { Lease } from '../../src/application/ports/stores/jobs/leases.js';
import type {
  AccessSettings,
  Batch,
  BroadcastCopy,
  BroadcastProgress,
  BroadcastStore,
  BroadcastsOfPerson,
} from '../../src/application/ports/stores/operator/broadcast-store.js';
import type { UserId } from '../../src/domain/ids.js';
import type {
  Audience,
  Broadcast,
  BroadcastCounts,
  BroadcastOutcome,
} from '../../src/domain/operator/broadcast.js';
import { isClosed } from './in-memory-admission-stores.js';
import type { Access, State } from './in-memory-state.js';
import { isOver } from './is-over.js';

interface BroadcastRow {
  readonly broadcast: Broadcast;
  readonly notBefore: Date;
  readonly setbacks: number;
  readonly counts: BroadcastCounts | null;
}

interface PersonRow extends BroadcastCopy {
  readonly at: Date | null;
  readonly state: BroadcastOutcome | 'waiting';
  readonly taken: Lease | null;
  readonly tries: number;
}

/** Rows are replaced, never changed. */
export interface BroadcastState {
  readonly broadcasts: Map<string, BroadcastRow>;
  /** By `<broadcast> <person>`. */
  readonly people: Map<string, PersonRow>;
  readonly unreachable: Map<UserId, Date>;
}

export const emptyBroadcastState = (): BroadcastState => ({
  broadcasts: new Map(),
  people: new Map(),
  unreachable: new Map(),
});

export const copyOfBroadcastState = ({
  broadcasts,
  people,
  unreachable,
}: BroadcastState): BroadcastState => ({
  broadcasts: new Map(broadcasts),
  people: new Map(people),
  unreachable: new Map(unreachable),
});

export class InMemoryBroadcastStore implements BroadcastStore {
  constructor(private readonly access: Access) {}

  audience(author: UserId, settings: AccessSettings): Promise<Audience> {
    return this.access((state) => {
      const all = everybodyBut(author, settings, state);
      return {
        people: all.filter((id) => isReached(state, id)).length,
        unreachable: all.filter((id) => state.broadcasting.unreachable.has(id)).length,
        muted: all.filter((id) => !state.broadcasting.unreachable.has(id) && hasMuted(state, id)).length,
      };
    });
  }

  add(...[made, settings]: Parameters<BroadcastStore['add']>): Promise<number> {
    return this.access((state) => {
      const { broadcasts, people } = state.broadcasting;
      if (broadcasts.has(made.id)) throw new Error(`there is a broadcast ${made.id}`);
      const broadcast = { ...made, status: 'sending', endedAt: null } as const;
      broadcasts.set(made.id, { broadcast, notBefore: made.createdAt, setbacks: 0, counts: null });
      const reached = everybodyBut(made.admin, settings, state).filter((id) => isReached(state, id));
      for (const person of reached)
        put(people, { broadcast: made.id, person, state: 'waiting', at: null, taken: null, tries: 0 });
      return reached.length;
    });
  }

  find(id: string): Promise<BroadcastProgress | null> {
    return this.access(({ broadcasting }) => {
      const row = broadcasting.broadcasts.get(id);
      return row === undefined ? null : standingOf(broadcasting, row);
    });
  }

  list(limit: number): Promise<BroadcastProgress[]> {
    return this.access(({ broadcasting }) =>
      [...broadcasting.broadcasts.values()]
        .sort(byAge)
        .reverse()
        .slice(0, limit)
        .map((row) => standingOf(broadcasting, row)),
    );
  }

  end(id: string, status: Exclude<Broadcast['status'], 'sending'>, now: Date): Promise<boolean> {
    return this.access(({ broadcasting }) => {
      const row = broadcasting.broadcasts.get(id);
      if (row?.broadcast.status !== 'sending') return false;
      broadcasting.broadcasts.set(id, { ...row, broadcast: { ...row.broadcast, status, endedAt: now } });
      return true;
    });
  }

  endSent(now: Date): Promise<string[]> {
    return this.access(({ broadcasting }) => {
      const over = [...broadcasting.broadcasts.values()].filter(
        ({ broadcast: { id, status } }) =>
          status === 'sending' && !peopleOf(broadcasting, id).some(isWaiting),
      );
      for (const row of over) {
        const broadcast = { ...row.broadcast, status: 'sent', endedAt: now } as const;
        broadcasting.broadcasts.set(broadcast.id, { ...row, broadcast });
      }
      return over.map(({ broadcast }) => broadcast.id);
    });
  }

  take(by: Lease, now: Date, limit: number): Promise<Batch | null> {
    return this.access((state) => {
      const { broadcasting } = state;
      const free = (id: string) =>
        peopleOf(broadcasting, id)
          .filter(isWaiting)
          .filter(
            ({ taken }) =>
              taken === null ||
              (isOver(taken.until, now) && (taken.owner === by.owner || !state.living.has(taken.owner))),
          )
          .sort((one, other) => one.tries - other.tries || (one.person < other.person ? -1 : 1));
      const [due] = [...broadcasting.broadcasts.values()]
        .filter(({ broadcast, notBefore }) => broadcast.status === 'sending' && isOver(notBefore, now))
        .filter(({ broadcast }) => free(broadcast.id).length > 0)
        .sort(byAge);
      if (due === undefined) return null;
      const { broadcast, setbacks } = due;
      const rows = free(broadcast.id).slice(0, setbacks > 0 ? 1 : limit);
      for (const row of rows) put(broadcasting.people, { ...row, taken: by });
      const people = rows.map(({ person: id, tries }) => {
        const language = state.bot.preferences.get(id)?.language ?? state.users.get(id)?.language ?? null;
        return { id, language, tries };
      });
      return { broadcast, setbacks, people };
    });
  }

  check(
    ...[copy, owner, now, settings]: Parameters<BroadcastStore['check']>
  ): ReturnType<BroadcastStore['check']> {
    return this.access((state) => {
      const row = state.broadcasting.people.get(keyOf(copy));
      const { broadcast, notBefore } = state.broadcasting.broadcasts.get(copy.broadcast) ?? {};
      if (row === undefined || !isWaiting(row) || row.taken?.owner !== owner || row.taken.until <= now)
        return 'held';
      if (broadcast?.status !== 'sending' || notBefore === undefined || !isOver(notBefore, now))
        return 'held';
      if (state.broadcasting.unreachable.has(copy.person) || !mayEnter(copy.person, settings, state))
        return 'blocked';
      return hasMuted(state, copy.person) ? 'muted' : 'go';
    });
  }

  settle(copy: BroadcastCopy, outcome: BroadcastOutcome, at: Date): Promise<void> {
    return this.access((state) => {
      const made = state.broadcasting.broadcasts.get(copy.broadcast);
      if (made !== undefined && outcome !== 'failed')
        state.broadcasting.broadcasts.set(copy.broadcast, { ...made, setbacks: 0 });
      const row = state.broadcasting.people.get(keyOf(copy));
      if (row !== undefined && isWaiting(row))
        put(state.broadcasting.people, { ...row, state: outcome, at, taken: null });
    });
  }

  giveBack(all: readonly BroadcastCopy[], owner: string, isTry: boolean): Promise<void> {
    return this.access(({ broadcasting: { people } }) => {
      for (const each of all) {
        const row = people.get(keyOf(each));
        if (row !== undefined && isWaiting(row))
          put(people, {
            ...row,
            taken: row.taken?.owner === owner ? null : row.taken,
            tries: row.tries + (isTry ? 1 : 0),
          });
      }
    });
  }

  putOff(id: string, until: Date): Promise<void> {
    return this.access(({ broadcasting: { broadcasts } }) => {
      const row = broadcasts.get(id);
      if (row === undefined) return;
      const isLater = row.notBefore > until && !isOver(row.notBefore, until);
      const notBefore = isLater ? row.notBefore : until;
      broadcasts.set(id, { ...row, notBefore, setbacks: row.setbacks + 1 });
    });
  }

  dropClaims(owners: readonly string[]): Promise<number> {
    return this.access(({ broadcasting: { people } }) => {
      const held = [...people.values()].filter(
        (row) => isWaiting(row) && row.taken !== null && owners.includes(row.taken.owner),
      );
      for (const row of held) put(people, { ...row, taken: null });
      return held.length;
    });
  }

  setUnreachable(person: UserId, since: Date | null): Promise<void> {
    return this.access(({ users, broadcasting: { unreachable } }) => {
      if (since === null) unreachable.delete(person);
      else if (users.has(person) && !unreachable.has(person)) unreachable.set(person, since);
    });
  }

  of(person: UserId): Promise<BroadcastsOfPerson> {
    return this.access(({ broadcasting: { broadcasts, people, unreachable } }) => ({
      unreachableSince: unreachable.get(person) ?? null,
      copies: [...broadcasts.values()]
        .sort(byAge)
        .reverse()
        .flatMap(({ broadcast: { id, createdAt: begunAt } }) => {
          const row = people.get(keyOf({ broadcast: id, person }));
          return row === undefined ? [] : [{ begunAt, state: row.state, at: row.at }];
        }),
    }));
  }

  forget(endedBefore: Date): Promise<number> {
    return this.access(({ broadcasting }) => {
      let gone = 0;
      for (const [id, row] of broadcasting.broadcasts) {
        if (row.broadcast.endedAt === null || row.broadcast.endedAt >= endedBefore || row.counts !== null)
          continue;
        broadcasting.broadcasts.set(id, { ...row, counts: standingOf(broadcasting, row).counts });
        for (const person of peopleOf(broadcasting, id)) {
          broadcasting.people.delete(keyOf(person));
          gone += 1;
        }
      }
      return gone;
    });
  }
}

const keyOf = ({ broadcast, person }: BroadcastCopy): string => `${broadcast} ${person}`;
const put = (people: BroadcastState['people'], row: PersonRow) => people.set(keyOf(row), row);
const isWaiting = ({ state }: PersonRow): boolean => state === 'waiting';

const peopleOf = ({ people }: BroadcastState, id: string): PersonRow[] =>
  [...people.values()].filter(({ broadcast }) => broadcast === id);

const everybodyBut = (author: UserId, settings: AccessSettings, state: State): UserId[] =>
  [...state.users.values()]
    .filter(({ id, displayName }) => displayName !== null && id !== author && mayEnter(id, settings, state))
    .map(({ id }) => id);

function mayEnter(id: UserId, { admins, allowedUsers }: AccessSettings, { door, operator }: State): boolean {
  if (admins.has(id)) return true;
  if (operator.blocks.has(id)) return false;
  if (allowedUsers.has(id) || door.admissions.get(id)?.state === 'allowed') return true;
  return allowedUsers.size === 0 && !isClosed(door);
}

const hasMuted = ({ bot }: State, id: UserId): boolean => bot.preferences.get(id)?.broadcasts === false;

const isReached = (state: State, id: UserId): boolean =>
  !state.broadcasting.unreachable.has(id) && !hasMuted(state, id);

const byAge = ({ broadcast: one }: BroadcastRow, { broadcast: other }: BroadcastRow): number =>
  one.createdAt.getTime() - other.createdAt.getTime() || (one.id < other.id ? -1 : 1);

function standingOf(broadcasting: BroadcastState, { broadcast, counts }: BroadcastRow): BroadcastProgress {
  const all = peopleOf(broadcasting, broadcast.id);
  const of = (state: PersonRow['state']) => all.filter((row) => row.state === state).length;
  const counted = { sent: of('sent'), blocked: of('blocked'), failed: of('failed'), muted: of('muted') };
  return { broadcast, counts: counts ?? { left: of('waiting'), ...counted } };
}

import type {
  ListedUser,
  PeopleFilter,
  PersonStore,
} from '../../src/application/ports/stores/operator/person-store.js';
import type { User } from '../../src/application/ports/stores/user-store.js';
import type { UserId } from '../../src/domain/ids.js';
import type { PersonWork } from '../../src/domain/operator/person.js';
import { sums, total } from './in-memory-numbers-store.js';
import type { Access } from './in-memory-state.js';

export class InMemoryPersonStore implements PersonStore {
  constructor(private readonly access: Access) {}

  named(words: string, limit: number): Promise<User[]> {
    return this.access(({ users }) =>
      [...users.values()]
        .filter(({ displayName }) => displayName?.toLowerCase().includes(words.toLowerCase()))
        .sort(lastFirst)
        .slice(0, limit),
    );
  }

  list({ isBlocked, limit }: PeopleFilter): Promise<ListedUser[]> {
    return this.access(({ users, operator: { blocks } }) =>
      [...users.values()]
        .map((user) => ({ ...user, blockedAt: blocks.get(user.id)?.at ?? null }))
        .filter(({ blockedAt }) => isBlocked !== true || blockedAt !== null)
        .sort(lastFirst)
        .slice(0, limit),
    );
  }

  work(user: UserId, since: Date): Promise<PersonWork> {
    return this.access(({ generations, training, avatars, entries }) => {
      const pictures = [...generations.values()].map(({ job }) => job).filter(({ owner }) => owner === user);
      const trainings = [...training.rows.values()]
        .map(({ job }) => job)
        .filter(({ owner }) => owner === user);
      const moved = entries.filter((entry) => entry.user === user && entry.at >= since);
      return {
        pictures: countsOf(pictures),
        trainings: countsOf(trainings),
        avatars: [...avatars.values()].filter(({ avatar }) => avatar.owner === user).length,
        spent: total(moved, ({ kind, amount }) =>
          kind === 'hold' || kind === 'release' || kind === 'capture' ? -amount : 0,
        ),
        cost: sums([...pictures, ...trainings].filter(({ createdAt }) => createdAt >= since)).cost,
      };
    });
  }
}

const lastFirst = (one: User, other: User): number =>
  other.createdAt.getTime() - one.createdAt.getTime() || (one.id < other.id ? -1 : 1);

function countsOf<Status extends string>(jobs: readonly { readonly status: Status }[]) {
  const counts: Partial<Record<Status, number>> = {};
  for (const { status } of jobs) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

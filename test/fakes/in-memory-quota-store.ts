import type { QuotaStore } from '../../src/application/ports/stores/operator/quota-store.js';
import { beginningOf, type Spent } from '../../src/domain/budget.js';
import type { UserId } from '../../src/domain/ids.js';
import { type Access, requireUser, type State } from './in-memory-state.js';

/** Rows are replaced, never changed. */
export interface QuotaState {
  readonly limits: Map<UserId, number>;
  /** One, or none before the first. */
  readonly spent: Map<'spent', { readonly daySince: Date; readonly monthSince: Date; readonly used: Spent }>;
}

export const emptyQuotaState = (): QuotaState => ({ limits: new Map(), spent: new Map() });

export const copyOfQuotaState = ({ limits, spent }: QuotaState): QuotaState => ({
  limits: new Map(limits),
  spent: new Map(spent),
});

/** One transaction at a time here: nothing to lock. */
export class InMemoryQuotaStore implements QuotaStore {
  constructor(private readonly access: Access) {}

  ordered(owner: UserId, since: Date): Promise<number> {
    return this.access(({ generations }) =>
      [...generations.values()]
        .map(({ job }) => job)
        .filter((job) => job.owner === owner && job.createdAt >= since && job.origin.transport !== 'proof')
        .filter(({ status }) => status !== 'failed' && status !== 'cancelled')
        .reduce((sum, { order }) => sum + ('count' in order ? order.count : 1), 0),
    );
  }

  limitOf(owner: UserId): Promise<number | null> {
    return this.access(({ quotas }) => quotas.limits.get(owner) ?? null);
  }

  setLimit(owner: UserId, pictures: number | null): Promise<void> {
    return this.access((state) => {
      requireUser(state, owner);
      if (pictures === null) state.quotas.limits.delete(owner);
      else state.quotas.limits.set(owner, pictures);
    });
  }

  spend(cost: number, now: Date): Promise<Spent> {
    return this.access((state) => {
      const row = state.quotas.spent.get('spent');
      const isOver =
        row === undefined ||
        row.daySince < beginningOf('day', now) ||
        row.monthSince < beginningOf('month', now);
      if (isOver) return recounted(state, now);
      const used = { day: row.used.day + cost, month: row.used.month + cost };
      state.quotas.spent.set('spent', { ...row, used });
      return used;
    });
  }

  spent(now: Date): Promise<Spent> {
    return this.access(({ quotas }) => {
      const row = quotas.spent.get('spent');
      return {
        day: row !== undefined && row.daySince >= beginningOf('day', now) ? row.used.day : 0,
        month: row !== undefined && row.monthSince >= beginningOf('month', now) ? row.used.month : 0,
      };
    });
  }

  recount(now: Date): Promise<void> {
    return this.access((state) => void recounted(state, now));
  }

  reset(now: Date): Promise<void> {
    return this.access(({ quotas }) => {
      quotas.spent.set('spent', { daySince: now, monthSince: now, used: { day: 0, month: 0 } });
    });
  }
}

function recounted(state: State, now: Date): Spent {
  const row = state.quotas.spent.get('spent');
  const later = (one: Date | undefined, other: Date) => (one !== undefined && one > other ? one : other);
  const daySince = later(row?.daySince, beginningOf('day', now));
  const monthSince = later(row?.monthSince, beginningOf('month', now));
  const pictures = [...state.generations.values()].map(({ job }) => ({
    ...job,
    costs: (job.cost ?? 0) * (1 + job.rerolls),
  }));
  const trainings = [...state.training.rows.values()].map(({ job }) => ({ ...job, costs: job.cost ?? 0 }));
  const since = (moment: Date) =>
    [...pictures, ...trainings]
      .filter(({ createdAt }) => createdAt >= moment)
      .filter((job) => wasTaken(job) || (job.status !== 'failed' && job.status !== 'cancelled'))
      .reduce((sum, { costs }) => sum + costs, 0);
  const used = { day: since(daySince), month: since(monthSince) };
  state.quotas.spent.set('spent', { daySince, monthSince, used });
  return used;
}

/** By the provider, once. */
const wasTaken = (job: object): boolean => 'ticket' in job && job.ticket !== null;

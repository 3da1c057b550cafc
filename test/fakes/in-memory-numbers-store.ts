import type { NumbersStore } from '../../src/application/ports/stores/operator/numbers-store.js';
import { chargedFor, type Generation } from '../../src/domain/generation/generation.js';
import type { UserId } from '../../src/domain/ids.js';
import type { Course, Pieces } from '../../src/domain/operator/course.js';
import type {
  Counted,
  Money,
  PeopleCounts,
  PictureJobs,
  Spender,
  TrainingJobs,
} from '../../src/domain/operator/numbers.js';
import type { Payment } from '../../src/domain/payments/payment.js';
import { chargedForTraining, type Training } from '../../src/domain/training/training.js';
import type { Access, State } from './in-memory-state.js';

export class InMemoryNumbersStore implements NumbersStore {
  constructor(private readonly access: Access) {}

  people(since: Date): Promise<PeopleCounts> {
    return this.access((state) => {
      const { pictures, trainings, payments } = rowsOf(state, since);
      return {
        joined: [...state.users.values()].filter(({ createdAt }) => createdAt >= since).length,
        active: new Set([...pictures, ...trainings].map(({ owner }) => owner)).size,
        paying: new Set(payments.map(({ user }) => user)).size,
      };
    });
  }

  pictures(since: Date): Promise<PictureJobs[]> {
    return this.access((state) => {
      const groups = grouped(rowsOf(state, since).pictures, ({ preset, status }) => `${preset} ${status}`);
      return groups.map(([first, rows]) => ({ preset: first.preset, status: first.status, ...sums(rows) }));
    });
  }

  trainings(since: Date): Promise<TrainingJobs[]> {
    return this.access((state) => {
      const groups = grouped(rowsOf(state, since).trainings, ({ status }) => status);
      return groups.map(([{ status }, rows]) => ({ status, ...sums(rows) }));
    });
  }

  waits(since: Date): Promise<Counted['waits']> {
    return this.access((state) => {
      const { pictures, trainings } = rowsOf(state, since);
      return {
        pictures: waitsOf(
          pictures.flatMap((row) => ('collectedAt' in row ? seconds(row.createdAt, row.collectedAt) : [])),
        ),
        trainings: waitsOf(
          trainings.flatMap((row) => (row.status === 'ready' ? seconds(row.createdAt, row.readyAt) : [])),
        ),
      };
    });
  }

  money(since: Date): Promise<Money> {
    return this.access((state) => {
      const { payments } = rowsOf(state, since);
      const grants = state.entries.filter(({ kind, at }) => kind === 'grant' && at >= since);
      const [gone, kept] = [payments.filter(isGone), payments.filter((payment) => !isGone(payment))];
      return {
        stars: total(payments, ({ stars }) => stars),
        refunded: total(gone, ({ stars }) => stars),
        commission: total(kept, (payment) => commissionIn(state, payment)),
        sold: total(kept, ({ credits }) => credits),
        given: total(grants, ({ amount }) => amount),
      };
    });
  }

  course(since: Date, { count, milliseconds }: Pieces): Promise<Pick<Course, 'pictures' | 'stars'>> {
    return this.access((state) => {
      const { pictures, payments } = rowsOf(state, since);
      const done = pictures.filter(({ status }) => status === 'collected' || status === 'delivered');
      const pieceOf = (at: Date) => Math.floor((at.getTime() - since.getTime()) / milliseconds);
      const pieces = Array.from({ length: count }, (_, piece) => piece);
      return {
        pictures: pieces.map((piece) => done.filter(({ createdAt }) => pieceOf(createdAt) === piece).length),
        stars: pieces.map((piece) =>
          total(payments, ({ paidAt, stars }) => (pieceOf(paidAt) === piece ? stars : 0)),
        ),
      };
    });
  }

  spenders(since: Date, limit: number): Promise<Spender[]> {
    return this.access((state) => {
      const { pictures, trainings, payments } = rowsOf(state, since);
      const kept = payments.filter((payment) => !isGone(payment));
      const jobs: readonly (Generation | Training)[] = [...pictures, ...trainings];
      const users = new Set<UserId>([...jobs.map(({ owner }) => owner), ...kept.map(({ user }) => user)]);
      return [...users]
        .map((user) => {
          const { unpriced: _, ...work } = sums(jobs.filter(({ owner }) => owner === user));
          return {
            user,
            ...work,
            stars: total(kept, (payment) =>
              payment.user === user ? payment.stars - commissionIn(state, payment) : 0,
            ),
          };
        })
        .sort(
          (one, other) =>
            other.cost - one.cost || other.stars - one.stars || (one.user < other.user ? -1 : 1),
        )
        .slice(0, limit);
    });
  }
}

const rowsOf = ({ generations, training, money }: State, since: Date) => ({
  pictures: [...generations.values()].map(({ job }) => job).filter(({ createdAt }) => createdAt >= since),
  trainings: [...training.rows.values()].map(({ job }) => job).filter(({ createdAt }) => createdAt >= since),
  payments: [...money.payments.values()].filter(({ paidAt }) => paidAt >= since),
});

const isGone = ({ status }: Payment): boolean => status === 'refunded' || status === 'charged_back';
const commissionIn = ({ money }: State, { charge }: Payment): number =>
  (money.inBooks.get(charge)?.commission ?? 0) / 1000;
const isTaken = (job: Generation | Training): boolean => 'ticket' in job && job.ticket !== null;

export function sums(rows: readonly (Generation | Training)[]) {
  const taken = rows.filter(isTaken);
  return {
    jobs: rows.length,
    credits: total(rows, (job) => ('speed' in job ? chargedForTraining(job) : chargedFor(job))),
    cost: total(taken, (job) => (job.cost ?? 0) * ('rerolls' in job ? 1 + job.rerolls : 1)),
    unpriced: taken.filter(({ cost }) => cost === null).length,
  };
}

export const total = <Row>(rows: readonly Row[], of: (row: Row) => number): number =>
  rows.reduce((sum, row) => sum + of(row), 0);

function grouped<Row>(rows: readonly Row[], keyOf: (row: Row) => string): (readonly [Row, Row[]])[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return [...groups.values()].flatMap((group) =>
    group[0] === undefined ? [] : [[group[0], group] as const],
  );
}

const seconds = (from: Date, to: Date): number => (to.getTime() - from.getTime()) / 1000;

/** The first value that so many of them do not exceed. */
function waitsOf(values: readonly number[]) {
  const sorted = [...values].sort((one, other) => one - other);
  const at = (part: number) => sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? null;
  return { p50: at(0.5), p90: at(0.9) };
}

import type {
  Account,
  Ledger,
  PlacedEntry,
  WrittenEntry,
} from '../../src/application/ports/stores/ledger.js';
import { DomainError } from '../../src/domain/errors.js';
import { chargedFor, heldFor, ledgerReference } from '../../src/domain/generation/generation.js';
import type { UserId } from '../../src/domain/ids.js';
import { heldBy, type LedgerEntry, mayOverdraw, mostCredits } from '../../src/domain/ledger.js';
import { chargedForTraining, trainingAccount } from '../../src/domain/training/training.js';
import { type Access, requireUser, type State } from './in-memory-state.js';

export class InMemoryLedger implements Ledger {
  constructor(private readonly access: Access) {}

  write(entries: readonly LedgerEntry[], now: Date): Promise<number> {
    return this.access((state) => writeEntries(state, entries, now));
  }

  account(user: UserId): Promise<Account> {
    return this.access((state) => accountIn(state, user));
  }

  /** One transaction at a time here: nothing to lock. */
  lock(user: UserId): Promise<Account> {
    return this.account(user);
  }

  spentSince(reason: string): Promise<number> {
    return this.access(({ entries }) => {
      const place = entries.findIndex((entry) => entry.reason === reason);
      const later = place < 0 ? [] : entries.slice(place + 1);
      const ofJobs = later.filter(
        (entry) => entry.user === entries[place]?.user && /^\w+:(generation|training):/.test(entry.reason),
      );
      return 0 - sum(ofJobs.map(({ amount }) => amount));
    });
  }

  history(user: UserId, limit: number): Promise<WrittenEntry[]> {
    return this.access(({ entries }) =>
      entries
        .filter((entry) => entry.user === user)
        .reverse()
        .slice(0, limit),
    );
  }

  historyPage(user: UserId, limit: number, before?: string): Promise<PlacedEntry[]> {
    return this.access(({ entries }) =>
      entries
        .map((entry, index) => ({ ...entry, place: String(index + 1) }))
        .filter(({ place }) => before === undefined || Number(place) < Number(before))
        .filter((entry) => entry.user === user)
        .reverse()
        .slice(0, limit),
    );
  }

  /** Sums are never stored apart here, so only the entries of jobs can be wrong. */
  breaches(latest?: number): Promise<string[]> {
    return this.access((state) => {
      const people = latestPeople(state, latest);
      return paidJobs(state)
        .filter(({ owner }) => people.has(owner))
        .flatMap((job) => breachesOf(job, state));
    });
  }
}

export function writeEntries(state: State, entries: readonly LedgerEntry[], now: Date): number {
  for (const { user } of entries) requireUser(state, user);
  const fresh = [...new Map(entries.map((entry) => [entry.reason, entry])).values()].filter(
    (entry) => !state.entries.some(({ reason }) => reason === entry.reason),
  );
  for (const user of new Set(fresh.map((entry) => entry.user))) {
    const own = fresh.filter((entry) => entry.user === user);
    const { balance, held } = accountIn(state, user);
    const amount = sum(own.map((entry) => entry.amount));
    if (balance + amount < 0 && amount < 0 && !own.some(mayOverdraw))
      throw new DomainError({ code: 'insufficient_credits', needed: -amount, balance });
    if (own.some(({ kind }) => kind === 'grant') && balance + held + amount > mostCredits)
      throw new DomainError({ code: 'too_many_credits', limit: mostCredits });
    if (held + sum(own.map(heldBy)) < 0)
      throw new Error(`${own.map(({ reason }) => reason)} give back what was not held`);
  }
  state.entries.push(...fresh.map((entry) => ({ ...entry, at: now })));
  return fresh.length;
}

interface PaidJob {
  readonly owner: UserId;
  readonly account: string;
  readonly status: string;
  readonly isOpen: boolean;
  readonly held: number;
  readonly charged: number;
}

function paidJobs({ generations, training }: State): PaidJob[] {
  const jobs = [
    ...[...generations.values()].map(({ job }) => ({
      owner: job.owner,
      account: ledgerReference(job),
      status: job.status,
      isOpen: ['accepted', 'submitting', 'submitted'].includes(job.status),
      held: heldFor(job),
      charged: chargedFor(job),
    })),
    ...[...training.rows.values()].map(({ job }) => ({
      owner: job.owner,
      account: trainingAccount(job),
      status: job.status,
      isOpen: ['accepted', 'submitting', 'training'].includes(job.status),
      held: job.price,
      charged: chargedForTraining(job),
    })),
  ];
  return jobs.filter(({ held }) => held > 0);
}

/** By the order in which they were written, which is that of their times here. */
function latestPeople(
  { entries, generations, training }: State,
  latest = Number.MAX_SAFE_INTEGER,
): Set<UserId> {
  const owners = [
    entries.map(({ user }) => user),
    [...generations.values()].map(({ job }) => job.owner),
    [...training.rows.values()].map(({ job }) => job.owner),
  ];
  return new Set(owners.flatMap((of) => of.slice(-latest)));
}

export function accountIn({ entries }: State, user: UserId): Account {
  const own = entries.filter((entry) => entry.user === user);
  return { balance: sum(own.map(({ amount }) => amount)), held: sum(own.map(heldBy)) };
}

function breachesOf({ account, status, isOpen, held, charged }: PaidJob, { entries }: State): string[] {
  const own = entries.filter(({ kind, reason }) => reason === `${kind}:${account}`);
  const total = sum(own.map(({ amount }) => amount));
  const due = isOpen ? -held : -charged;
  const isSettled = own.some(({ kind }) => kind === 'release');
  return [
    ...(total === due ? [] : [`${account} is ${status}: its entries sum to ${total} instead of ${due}`]),
    ...(isOpen !== isSettled
      ? []
      : [`${account} is ${status}, but its hold was ${isSettled ? '' : 'not '}given back`]),
  ];
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

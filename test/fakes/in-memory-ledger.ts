import type { Account, Ledger, WrittenEntry } from '../../src/application/ports/stores/ledger.js';
import { DomainError } from '../../src/domain/errors.js';
import { accountOf, chargedFor, type Generation, heldFor } from '../../src/domain/generation.js';
import type { UserId } from '../../src/domain/ids.js';
import { heldBy, type LedgerEntry } from '../../src/domain/ledger.js';
import { type Access, requireUser, type State } from './in-memory-state.js';

export class InMemoryLedger implements Ledger {
  constructor(private readonly access: Access) {}

  write(entries: readonly LedgerEntry[], now: Date): Promise<number> {
    return this.access((state) => {
      let written = 0;
      for (const entry of entries) {
        requireUser(state, entry.user);
        if (state.entries.some(({ reason }) => reason === entry.reason)) continue;
        const { balance, held } = accountIn(state, entry.user);
        if (balance + entry.amount < 0)
          throw new DomainError({ code: 'insufficient_credits', needed: -entry.amount, balance });
        if (held + heldBy(entry) < 0) throw new Error(`${entry.reason} gives back what was not held`);
        state.entries.push({ ...entry, at: now });
        written += 1;
      }
      return written;
    });
  }

  account(user: UserId): Promise<Account> {
    return this.access((state) => accountIn(state, user));
  }

  history(user: UserId, limit: number): Promise<WrittenEntry[]> {
    return this.access(({ entries }) =>
      entries
        .filter((entry) => entry.user === user)
        .reverse()
        .slice(0, limit),
    );
  }

  /** Sums are never stored apart here, so only the entries of jobs can be wrong. */
  breaches(): Promise<string[]> {
    return this.access((state) =>
      [...state.generations.values()].flatMap(({ generation }) => breachOf(generation, state)),
    );
  }
}

function accountIn({ entries }: State, user: UserId): Account {
  const own = entries.filter((entry) => entry.user === user);
  return { balance: sum(own.map(({ amount }) => amount)), held: sum(own.map(heldBy)) };
}

function breachOf(generation: Generation, { entries }: State): string[] {
  if (generation.price === 0) return [];
  const account = accountOf(generation);
  const own = entries.filter(({ kind, reason }) => reason === `${kind}:${account}`);
  const total = sum(own.map(({ amount }) => amount));
  const isOpen = ['accepted', 'submitting', 'submitted'].includes(generation.status);
  const due = isOpen ? -heldFor(generation) : -chargedFor(generation);
  const isSettled = own.some(({ kind }) => kind === 'release');
  const name = `generation ${generation.id} is ${generation.status}`;
  return [
    ...(total === due ? [] : [`${name}: entries sum to ${total} instead of ${due}`]),
    ...(isOpen !== isSettled ? [] : [`${name}, but its hold was ${isSettled ? '' : 'not '}given back`]),
  ];
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

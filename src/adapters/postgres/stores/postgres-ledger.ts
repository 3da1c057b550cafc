import { CompiledQuery, type Kysely, sql } from 'kysely';
import type { Account, Ledger, PlacedEntry, WrittenEntry } from '../../../application/ports/stores/ledger.js';
import { DomainError } from '../../../domain/errors.js';
import type { UserId } from '../../../domain/ids.js';
import { type LedgerEntry, mostCredits } from '../../../domain/ledger.js';
import type { Tables } from '../schema/tables.js';
import { entryParameters, entryParts } from './entry-parts.js';
import { breachQueries, latestPeople } from './ledger-breaches.js';

interface Written {
  readonly written: string;
  readonly isMoved: boolean;
  readonly hasAccount: boolean;
}

const writing = `
  with account as (
    select user_id from accounts where user_id = $1 for no key update
  ), ${entryParts(3)}, moved as (
    update accounts set balance = balance + total.amount, held = accounts.held + total.held
    from total where user_id = $1 and (balance + total.amount >= 0 or total.amount >= 0 or overdraws)
      and (not grants or balance::bigint + accounts.held + total.amount + total.held <= $2)
    returning 1
  )
  select entries as written, exists (select from moved) as "isMoved", exists (select from account) as "hasAccount"
  from total`;

/** Must run inside a transaction: an entry that overdraws is undone by rolling back. */
export class PostgresLedger implements Ledger {
  constructor(private readonly database: Kysely<Tables>) {}

  async write(entries: readonly LedgerEntry[], now: Date): Promise<number> {
    const users = new Set(entries.map(({ user }) => user));
    let written = 0;
    for (const user of [...users].sort()) {
      const own = new Map(
        entries.filter((entry) => entry.user === user).map((entry) => [entry.reason, entry]),
      );
      written += await this.writeFor(user, [...own.values()], now);
    }
    return written;
  }

  private async writeFor(user: UserId, entries: readonly LedgerEntry[], now: Date): Promise<number> {
    // More than a column can hold is more than anybody has.
    const isPossible = entries.every(({ amount }) => Math.abs(amount) <= mostCredits);
    const { written, isMoved, hasAccount } = isPossible
      ? await this.writeNew(user, entries, now)
      : { written: '0', isMoved: false, hasAccount: true };
    if (isMoved) return Number(written);
    if (!hasAccount) {
      await this.openAccount(user);
      return this.writeFor(user, entries, now);
    }
    const { balance } = await this.account(user);
    const needed = entries.reduce((sum, { amount }) => sum - amount, 0);
    if (needed < 0) throw new DomainError({ code: 'too_many_credits', limit: mostCredits });
    throw new DomainError({ code: 'insufficient_credits', needed, balance });
  }

  /**
   * In one statement: what the new ones among them come to together must not overdraw the account. Entries of one user
   * are written one after another.
   */
  private async writeNew(user: UserId, entries: readonly LedgerEntry[], now: Date) {
    const parameters = [user, mostCredits, ...entryParameters(entries, now)];
    const { rows } = await this.database.executeQuery<Written>(CompiledQuery.raw(writing, parameters));
    return rows[0] ?? { written: '0', isMoved: false, hasAccount: true };
  }

  private async openAccount(user: UserId): Promise<void> {
    await this.database
      .insertInto('accounts')
      .values({ userId: user, balance: 0, held: 0 })
      .onConflict((conflict) => conflict.column('userId').doNothing())
      .execute();
  }

  async account(user: UserId): Promise<Account> {
    return (await this.accountRow(user).executeTakeFirst()) ?? { balance: 0, held: 0 };
  }

  async lock(user: UserId): Promise<Account> {
    const row = await this.accountRow(user).forNoKeyUpdate().executeTakeFirst();
    return row ?? { balance: 0, held: 0 };
  }

  private accountRow(user: UserId) {
    return this.database.selectFrom('accounts').select(['balance', 'held']).where('userId', '=', user);
  }

  async spentSince(reason: string): Promise<number> {
    const { rows } = await sql<{ spent: string }>`
      select coalesce(-sum(later.amount), 0) as spent
      from ledger_entries as entry join ledger_entries as later using (user_id)
      where entry.reason = ${reason} and later.id > entry.id and later.account ~ '^(generation|training):'`.execute(
      this.database,
    );
    return Number(rows[0]?.spent ?? 0);
  }

  async history(user: UserId, limit: number): Promise<WrittenEntry[]> {
    return this.database
      .selectFrom('ledger_entries')
      .select(['userId as user', 'kind', 'amount', 'reason', 'at'])
      .where('userId', '=', user)
      .orderBy('id', 'desc')
      .limit(limit)
      .execute();
  }

  async historyPage(user: UserId, limit: number, before?: string): Promise<PlacedEntry[]> {
    return this.database
      .selectFrom('ledger_entries')
      .select(['id as place', 'userId as user', 'kind', 'amount', 'reason', 'at'])
      .where('userId', '=', user)
      .$if(before !== undefined, (query) => query.where('id', '<', before ?? ''))
      .orderBy('id', 'desc')
      .limit(limit)
      .execute();
  }

  async breaches(latest?: number): Promise<string[]> {
    const people = latest === undefined ? null : (await latestPeople(latest).execute(this.database)).rows;
    const queries = breachQueries(people?.map(({ id }) => id) ?? null);
    const found = await Promise.all(queries.map((query) => query.execute(this.database)));
    return found.flatMap(({ rows }) => rows.map((row) => row.breach));
  }
}

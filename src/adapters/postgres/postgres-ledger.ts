import { type Kysely, sql } from 'kysely';
import type { Account, Ledger, WrittenEntry } from '../../application/ports/stores/ledger.js';
import { DomainError } from '../../domain/errors.js';
import type { UserId } from '../../domain/ids.js';
import { heldBy, type LedgerEntry } from '../../domain/ledger.js';
import { breachQueries } from './ledger-breaches.js';
import type { Tables } from './tables.js';

/** Must run inside a transaction: an entry that overdraws is undone by rolling back. */
export class PostgresLedger implements Ledger {
  constructor(private readonly database: Kysely<Tables>) {}

  async write(entries: readonly LedgerEntry[], now: Date): Promise<number> {
    const users = new Set(entries.map(({ user }) => user));
    for (const user of [...users].sort()) await this.lockAccount(user);
    let written = 0;
    for (const entry of entries) written += await this.writeOne(entry, now);
    return written;
  }

  private async writeOne(entry: LedgerEntry, now: Date): Promise<number> {
    const { rows } = await sql<{ written: string; moved: string }>`
      with entry as (
        insert into ledger_entries (user_id, kind, amount, reason, at)
        values (${entry.user}, ${entry.kind}, ${entry.amount}, ${entry.reason}, ${now})
        on conflict (reason) do nothing
        returning user_id, amount
      ), moved as (
        update accounts set balance = balance + entry.amount, held = held + ${heldBy(entry)}
        from entry where accounts.user_id = entry.user_id and accounts.balance + entry.amount >= 0
        returning 1
      )
      select (select count(*) from entry) as written, (select count(*) from moved) as moved`.execute(
      this.database,
    );
    const { written, moved } = rows[0] ?? { written: '0', moved: '0' };
    if (written !== moved) {
      const { balance } = await this.account(entry.user);
      throw new DomainError({ code: 'insufficient_credits', needed: -entry.amount, balance });
    }
    return Number(written);
  }

  /**
   * Entries of one user are written one after another. The lock comes before the first entry: two writers that meet
   * in each other's reasons would wait for each other.
   */
  private async lockAccount(user: UserId): Promise<void> {
    const account = await this.database
      .selectFrom('accounts')
      .select('user_id')
      .where('user_id', '=', user)
      .forNoKeyUpdate()
      .executeTakeFirst();
    if (account !== undefined) return;
    await this.database
      .insertInto('accounts')
      .values({ user_id: user, balance: 0, held: 0 })
      .onConflict((conflict) => conflict.column('user_id').doNothing())
      .execute();
  }

  async account(user: UserId): Promise<Account> {
    const row = await this.database
      .selectFrom('accounts')
      .select(['balance', 'held'])
      .where('user_id', '=', user)
      .executeTakeFirst();
    return row ?? { balance: 0, held: 0 };
  }

  async history(user: UserId, limit: number): Promise<WrittenEntry[]> {
    const rows = await this.database
      .selectFrom('ledger_entries')
      .selectAll()
      .where('user_id', '=', user)
      .orderBy('id', 'desc')
      .limit(limit)
      .execute();
    return rows.map((row) => ({
      user: row.user_id,
      kind: row.kind,
      amount: row.amount,
      reason: row.reason,
      at: row.at,
    }));
  }

  async breaches(): Promise<string[]> {
    const found = await Promise.all(breachQueries.map((query) => query.execute(this.database)));
    return found.flatMap(({ rows }) => rows.map((row) => row.breach));
  }
}

import { type Kysely, sql } from 'kysely';
import type { KeptUpdate, Taker, UpdateLog } from '../../application/ports/stores/update-log.js';
import { writing } from './refused-content.js';
import type { Tables } from './tables.js';

/** Code units of an update that was set aside. */
const longestAside = 16_384;

export class PostgresUpdateLog implements UpdateLog {
  constructor(private readonly database: Kysely<Tables>) {}

  async keep(source: string, updates: readonly KeptUpdate[], now: Date): Promise<void> {
    if (updates.length === 0) return;
    const rows = updates.map(({ id, body }) => ({
      source,
      update_id: String(id),
      received_at: now,
      body: JSON.stringify(body),
    }));
    await writing(this.database, () =>
      this.database
        .insertInto('seen_updates')
        .values(rows)
        .onConflict((conflict) => conflict.doNothing())
        .execute(),
    );
  }

  async claim(source: string, id: number, by: Taker, abandonedBefore: Date): Promise<boolean> {
    const { rows } = await sql`
      insert into seen_updates (source, update_id, received_at, claimed_at, claimed_by)
      values (${source}, ${id}, ${by.at}, ${by.at}, ${by.owner})
      on conflict (source, update_id) do update set claimed_at = ${by.at}, claimed_by = ${by.owner}
        where not seen_updates.done
          and (seen_updates.claimed_at is null or seen_updates.claimed_at < ${abandonedBefore})
      returning 1`.execute(this.database);
    return rows.length === 1;
  }

  async finish(source: string, id: number): Promise<void> {
    await this.one(source, id).set({ done: true, body: null }).execute();
  }

  async setAside(source: string, { id, body }: KeptUpdate, now: Date): Promise<void> {
    await this.database
      .insertInto('seen_updates')
      .values({
        source,
        update_id: String(id),
        received_at: now,
        done: true,
        body: JSON.stringify({ setAside: inAscii(JSON.stringify(body)) }),
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }

  async giveBack(source: string, id: number): Promise<void> {
    await this.one(source, id).set({ claimed_at: null }).where('done', '=', false).execute();
  }

  async dropClaims(owners: readonly string[]): Promise<number> {
    if (owners.length === 0) return 0;
    const { numUpdatedRows } = await this.database
      .updateTable('seen_updates')
      .set({ claimed_at: null })
      .where('done', '=', false)
      .where('claimed_at', 'is not', null)
      .where('claimed_by', 'in', owners)
      .executeTakeFirstOrThrow();
    return Number(numUpdatedRows);
  }

  async unfinished(
    source: string,
    before: { received: Date; claimed: Date },
    limit: number,
  ): Promise<KeptUpdate[]> {
    const rows = await this.database
      .selectFrom('seen_updates')
      .select(['update_id', 'body'])
      .where('source', '=', source)
      .where('done', '=', false)
      .where('body', 'is not', null)
      .where('received_at', '<', before.received)
      .where((is) => is.or([is('claimed_at', 'is', null), is('claimed_at', '<', before.claimed)]))
      .orderBy('update_id')
      .limit(limit)
      .execute();
    return rows.map((row) => ({ id: Number(row.update_id), body: row.body }));
  }

  async forget(before: Date): Promise<number> {
    const { numDeletedRows } = await this.database
      .deleteFrom('seen_updates')
      .where('received_at', '<', before)
      .executeTakeFirstOrThrow();
    return Number(numDeletedRows);
  }

  private one(source: string, id: number) {
    return this.database
      .updateTable('seen_updates')
      .where('source', '=', source)
      .where('update_id', '=', String(id));
  }
}

/** JSON that every encoding can hold, as the text inside another JSON. */
const inAscii = (json: string): string =>
  json
    .slice(0, longestAside)
    .replace(/[^ -~]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);

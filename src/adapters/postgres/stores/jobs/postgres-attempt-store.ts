import { type Kysely, sql } from 'kysely';
import type { AttemptStore } from '../../../../application/ports/stores/jobs/attempt-store.js';
import type { UserId } from '../../../../domain/ids.js';
import type { Tables } from '../../schema/tables.js';
import { deleteFree } from '../delete-free.js';

export class PostgresAttemptStore implements AttemptStore {
  constructor(private readonly database: Kysely<Tables>) {}

  async begin(owner: UserId, sha256: string, now: Date): Promise<number> {
    const { rows } = await sql<{ attempts: number }>`
      insert into judging_attempts as known (owner, source_sha256, attempts, at)
      values (${owner}, ${sha256}, 1, ${now})
      on conflict (owner, source_sha256) do update set attempts = known.attempts + 1, at = excluded.at
      returning attempts`.execute(this.database);
    return rows[0]?.attempts ?? 1;
  }

  async end(owner: UserId, sha256: string): Promise<void> {
    await this.database
      .deleteFrom('judging_attempts')
      .where('owner', '=', owner)
      .where('sourceSha256', '=', sha256)
      .execute();
  }

  async forget(before: Date): Promise<void> {
    await deleteFree('judging_attempts', sql`at < ${before}`).execute(this.database);
  }
}

import { type Kysely, sql } from 'kysely';
import type {
  ApiRequestStore,
  Begun,
  KeptAnswer,
  NamedRequest,
} from '../../../../application/ports/stores/api/api-request-store.js';
import type { Tables } from '../../schema/tables.js';
import { unhurried } from '../unhurried.js';

/**
 * Rows and answers are on the disk a moment later, with what was accepted between the two at the latest: a row that was
 * lost with a crash had led to nothing, and a lost answer is given again by whoever asks for it.
 */
export class PostgresApiRequestStore implements ApiRequestStore {
  constructor(private readonly database: Kysely<Tables>) {}

  async begin(request: NamedRequest): Promise<Begun> {
    const { id, owner, value, digest, now, until } = request;
    const { rows } = await sql<{ id: string }>`
      insert into api_requests (id, owner, value, digest, taken_until, created_at)
      select ${id}, ${owner}, ${value}, ${digest}, ${until}, ${now} from (select ${unhurried(this.database)}) as unhurried
      on conflict (owner, value) do update set taken_until = excluded.taken_until
        where api_requests.answer is null and api_requests.digest = excluded.digest
          and api_requests.taken_until <= ${now}
      returning id`.execute(this.database);
    const [begun] = rows;
    if (begun !== undefined) return { kind: 'begun', id: begun.id, isNew: begun.id === id };
    const there = await this.database
      .selectFrom('api_requests')
      .select(['digest', 'answer'])
      .where('owner', '=', owner)
      .where('value', '=', value)
      .executeTakeFirst();
    // It was removed between the two: whoever sent it comes again.
    if (there === undefined) return { kind: 'running' };
    if (there.digest !== digest) return { kind: 'different' };
    return there.answer === null ? { kind: 'running' } : { kind: 'answered', answer: there.answer };
  }

  async answer(id: string, answer: KeptAnswer): Promise<void> {
    await sql`
      update api_requests set answer = ${JSON.stringify(answer)}
      from (select ${unhurried(this.database)}) as unhurried where id = ${id}`.execute(this.database);
  }

  async free(id: string, now: Date): Promise<void> {
    await this.database.updateTable('api_requests').set({ takenUntil: now }).where('id', '=', id).execute();
  }

  async remove(id: string): Promise<void> {
    await this.database.deleteFrom('api_requests').where('id', '=', id).execute();
  }
}

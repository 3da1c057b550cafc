import type { Kysely } from 'kysely';
import type { EndpointFacts } from '../../application/ports/stores/endpoint-facts.js';
import type { EndpointId } from '../../domain/endpoint-catalogue.js';
import type { Tables } from './tables.js';

export class PostgresEndpointFacts implements EndpointFacts {
  constructor(private readonly database: Kysely<Tables>) {}

  async retired(): Promise<ReadonlySet<EndpointId>> {
    const rows = await this.database.selectFrom('retired_endpoints').select('endpoint').execute();
    return new Set(rows.map((row) => row.endpoint));
  }

  async markRetired(endpoint: EndpointId, now: Date): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await this.database
      .insertInto('retired_endpoints')
      .values({ endpoint, noticed_at: now })
      .onConflict((conflict) => conflict.column('endpoint').doNothing())
      .executeTakeFirstOrThrow();
    return numInsertedOrUpdatedRows === 1n;
  }
}

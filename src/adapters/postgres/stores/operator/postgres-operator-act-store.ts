import { type Kysely, type Selectable, sql } from 'kysely';
import type { OperatorActStore } from '../../../../application/ports/stores/operator/operator-act-store.js';
import type { UserId } from '../../../../domain/ids.js';
import type { KeptAct, Operator, OperatorAct } from '../../../../domain/operator/act.js';
import type { Tables } from '../../schema/tables.js';

export class PostgresOperatorActStore implements OperatorActStore {
  constructor(private readonly database: Kysely<Tables>) {}

  async write({ at, admin, act, subject, why, details }: OperatorAct): Promise<void> {
    await this.database
      .insertInto('operator_acts')
      .values({ at, admin, act, subject, why, details: JSON.stringify(details) })
      .execute();
  }

  async list(limit: number, before?: number): Promise<KeptAct[]> {
    let query = this.database.selectFrom('operator_acts').selectAll().orderBy('id', 'desc').limit(limit);
    if (before !== undefined) query = query.where('id', '<', String(before));
    return (await query.execute()).map(asAct);
  }

  async ofOthers(admin: Operator, since: Date): Promise<KeptAct[]> {
    await sql`select pg_advisory_xact_lock(hashtext('aisha operator acts'))`.execute(this.database);
    const rows = await this.database
      .selectFrom('operator_acts')
      .selectAll()
      .where('at', '>', since)
      .where('admin', '<>', admin)
      .orderBy('id', 'desc')
      .execute();
    return rows.map(asAct);
  }

  async about(subject: UserId): Promise<KeptAct[]> {
    const rows = await this.database
      .selectFrom('operator_acts')
      .selectAll()
      .where('subject', '=', subject)
      .orderBy('id')
      .execute();
    return rows.map(asAct);
  }
}

const asAct = ({ id, ...row }: Selectable<Tables['operator_acts']>): KeptAct =>
  ({ ...row, id: Number(id) }) as KeptAct;

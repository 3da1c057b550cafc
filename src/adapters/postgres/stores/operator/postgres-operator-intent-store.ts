import type { Kysely } from 'kysely';
import type { OperatorIntentStore } from '../../../../application/ports/stores/operator/operator-intent-store.js';
import type { IntendedAct, Intent } from '../../../../domain/operator/intent.js';
import type { Tables } from '../../schema/tables.js';

export class PostgresOperatorIntentStore implements OperatorIntentStore {
  constructor(private readonly database: Kysely<Tables>) {}

  async keep({ act, ...intent }: Intent): Promise<void> {
    await this.database
      .insertInto('operator_intents')
      .values({ ...intent, act: JSON.stringify(act) })
      .execute();
  }

  async find({ id, admin }: Pick<Intent, 'id' | 'admin'>, madeAfter: Date): Promise<IntendedAct | null> {
    const row = await this.database
      .selectFrom('operator_intents')
      .select('act')
      .where('id', '=', id)
      .where('admin', '=', admin)
      .where('doneAt', 'is', null)
      .where('madeAt', '>', madeAfter)
      .executeTakeFirst();
    return row?.act ?? null;
  }

  async change({ id, admin, act, madeAt }: Intent, madeAfter: Date): Promise<boolean> {
    const { numUpdatedRows } = await this.database
      .updateTable('operator_intents')
      .set({ act: JSON.stringify(act), madeAt })
      .where('id', '=', id)
      .where('admin', '=', admin)
      .where('doneAt', 'is', null)
      .where('madeAt', '>', madeAfter)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  async take(
    { id, admin }: Pick<Intent, 'id' | 'admin'>,
    madeAfter: Date,
    now: Date,
  ): Promise<Pick<Intent, 'act' | 'madeAt'> | null> {
    const row = await this.database
      .updateTable('operator_intents')
      .set({ doneAt: now })
      .where('id', '=', id)
      .where('admin', '=', admin)
      .where('doneAt', 'is', null)
      .where('madeAt', '>', madeAfter)
      .returning(['act', 'madeAt'])
      .executeTakeFirst();
    return row ?? null;
  }
}

import type { Kysely, Selectable } from 'kysely';
import type {
  Block,
  BlockStore,
  NewBlock,
} from '../../../../application/ports/stores/operator/block-store.js';
import type { UserId } from '../../../../domain/ids.js';
import type { Tables } from '../../schema/tables.js';

export class PostgresBlockStore implements BlockStore {
  constructor(private readonly database: Kysely<Tables>) {}

  async block({ user, at, why }: NewBlock): Promise<boolean> {
    const row = await this.database
      .insertInto('blocked_people')
      .values({ userId: user, at, why })
      .onConflict((conflict) => conflict.column('userId').doNothing())
      .returning('userId')
      .executeTakeFirst();
    return row !== undefined;
  }

  async unblock(user: UserId): Promise<boolean> {
    const { numDeletedRows } = await this.database
      .deleteFrom('blocked_people')
      .where('userId', '=', user)
      .executeTakeFirst();
    return numDeletedRows > 0n;
  }

  async find(user: UserId): Promise<Block | null> {
    const row = await this.database
      .selectFrom('blocked_people')
      .selectAll()
      .where('userId', '=', user)
      .executeTakeFirst();
    return row === undefined ? null : asBlock(row);
  }

  async appeal(user: UserId, now: Date): Promise<Block | null> {
    const row = await this.database
      .updateTable('blocked_people')
      .set({ appealedAt: now })
      .where('userId', '=', user)
      .where('appealedAt', 'is', null)
      .returningAll()
      .executeTakeFirst();
    return row === undefined ? null : asBlock(row);
  }
}

const asBlock = ({ userId: user, ...row }: Selectable<Tables['blocked_people']>): Block => ({ user, ...row });

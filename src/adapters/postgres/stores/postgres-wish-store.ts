import type { Kysely } from 'kysely';
import type { Wish, WishStore } from '../../../application/ports/stores/wish-store.js';
import type { UserId } from '../../../domain/ids.js';
import type { Tables } from '../schema/tables.js';

export class PostgresWishStore implements WishStore {
  constructor(private readonly database: Kysely<Tables>) {}

  async save({ id, ...wish }: Wish): Promise<void> {
    const columns = {
      owner: wish.owner,
      prompt: wish.prompt,
      suggestion: wish.suggestion,
      choices: JSON.stringify(wish.choices),
      overrides: JSON.stringify(wish.overrides),
      origin: JSON.stringify(wish.origin),
      created_at: wish.createdAt,
    };
    await this.database
      .insertInto('wishes')
      .values({ id, ...columns })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(columns))
      .execute();
  }

  async findOwned(owner: UserId, id: string): Promise<Wish | null> {
    const row = await this.database
      .selectFrom('wishes')
      .selectAll()
      .where('id', '=', id)
      .where('owner', '=', owner)
      .executeTakeFirst();
    if (row === undefined) return null;
    const { created_at: createdAt, ...wish } = row;
    return { ...wish, createdAt };
  }
}

import type { Kysely } from 'kysely';
import type { FormStore, GenerationForm } from '../../../application/ports/stores/form-store.js';
import type { UserId } from '../../../domain/ids.js';
import type { Tables } from '../schema/tables.js';

/** Forms are kept in `wishes`, as they were called in the first releases. */
export class PostgresFormStore implements FormStore {
  constructor(private readonly database: Kysely<Tables>) {}

  async save({ id, ...form }: GenerationForm): Promise<void> {
    const columns = {
      ...form,
      choices: JSON.stringify(form.choices),
      overrides: JSON.stringify(form.overrides),
      picture: form.picture === null ? null : JSON.stringify(form.picture),
      origin: JSON.stringify(form.origin),
    };
    await this.database
      .insertInto('wishes')
      .values({ id, ...columns })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(columns))
      .execute();
  }

  async findOwned(owner: UserId, id: string): Promise<GenerationForm | null> {
    const row = await this.database
      .selectFrom('wishes')
      .selectAll()
      .where('id', '=', id)
      .where('owner', '=', owner)
      .executeTakeFirst();
    return row ?? null;
  }

  async lastSaid(owner: UserId): Promise<GenerationForm | null> {
    const row = await this.database
      .selectFrom('wishes')
      .selectAll()
      .where('owner', '=', owner)
      .where('prompt', 'is not', null)
      .orderBy('createdAt', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row ?? null;
  }
}

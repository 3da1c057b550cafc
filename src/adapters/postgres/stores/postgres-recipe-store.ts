import type { Kysely, Selectable } from 'kysely';
import type { Recipe, RecipeStore } from '../../../application/ports/stores/recipe-store.js';
import type { Tables } from '../schema/tables.js';

export class PostgresRecipeStore implements RecipeStore {
  constructor(private readonly database: Kysely<Tables>) {}

  async share({ createdAt, overrides, ...recipe }: Recipe): Promise<Recipe> {
    await this.database
      .insertInto('recipes')
      .values({ ...recipe, overrides: JSON.stringify(overrides), created_at: createdAt })
      .onConflict((conflict) => conflict.column('generation').doNothing())
      .execute();
    const row = await this.database
      .selectFrom('recipes')
      .selectAll()
      .where('generation', '=', recipe.generation)
      .executeTakeFirstOrThrow();
    return toRecipe(row);
  }

  async find(id: string): Promise<Recipe | null> {
    const row = await this.database.selectFrom('recipes').selectAll().where('id', '=', id).executeTakeFirst();
    return row === undefined ? null : toRecipe(row);
  }
}

const toRecipe = ({ created_at: createdAt, ...row }: Selectable<Tables['recipes']>): Recipe => ({
  ...row,
  createdAt,
});

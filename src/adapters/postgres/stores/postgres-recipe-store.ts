import type { Kysely } from 'kysely';
import type { Recipe, RecipeStore } from '../../../application/ports/stores/recipe-store.js';
import type { Tables } from '../schema/tables.js';

export class PostgresRecipeStore implements RecipeStore {
  constructor(private readonly database: Kysely<Tables>) {}

  async share(recipe: Recipe): Promise<Recipe> {
    await this.database
      .insertInto('recipes')
      .values({ ...recipe, overrides: JSON.stringify(recipe.overrides) })
      .onConflict((conflict) => conflict.column('generation').doNothing())
      .execute();
    return this.database
      .selectFrom('recipes')
      .selectAll()
      .where('generation', '=', recipe.generation)
      .executeTakeFirstOrThrow();
  }

  async find(id: string): Promise<Recipe | null> {
    const row = await this.database.selectFrom('recipes').selectAll().where('id', '=', id).executeTakeFirst();
    return row ?? null;
  }
}

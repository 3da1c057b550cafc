import type { Kysely } from 'kysely';
import type { Recipe, RecipeStore } from '../../../application/ports/stores/recipe-store.js';
import type { Tables } from '../schema/tables.js';

export class PostgresRecipeStore implements RecipeStore {
  constructor(private readonly database: Kysely<Tables>) {}

  async share(recipe: Recipe): Promise<Recipe | null> {
    await this.database
      .insertInto('recipes')
      .values({ ...recipe, overrides: JSON.stringify(recipe.overrides) })
      .onConflict((conflict) => conflict.column('generation').doNothing())
      .execute();
    return this.shown().where('generation', '=', recipe.generation).executeTakeFirst().then(orNull);
  }

  async find(id: string): Promise<Recipe | null> {
    return this.shown().where('id', '=', id).executeTakeFirst().then(orNull);
  }

  async hide(id: string, now: Date): Promise<void> {
    await this.database
      .updateTable('recipes')
      .set({ hiddenAt: now })
      .where('id', '=', id)
      .where('hiddenAt', 'is', null)
      .execute();
  }

  private shown() {
    return this.database
      .selectFrom('recipes')
      .select(['id', 'owner', 'generation', 'prompt', 'preset', 'overrides', 'createdAt'])
      .where('hiddenAt', 'is', null);
  }
}

const orNull = (recipe: Recipe | undefined): Recipe | null => recipe ?? null;

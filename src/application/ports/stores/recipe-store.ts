import type { Overrides } from '../../../domain/generation/overrides.js';
import type { PresetName } from '../../../domain/generation/preset.js';
import type { GenerationId, UserId } from '../../../domain/ids.js';

/** Settings and words that somebody shared. Says nothing of the avatar that they were used with. */
export interface Recipe {
  /** A UUID. */
  readonly id: string;
  readonly owner: UserId;
  readonly generation: GenerationId;
  readonly prompt: string;
  readonly preset: PresetName;
  readonly overrides: Overrides;
  readonly createdAt: Date;
}

export interface RecipeStore {
  /** Returns the one that is kept: sharing twice gives the same. */
  share(recipe: Recipe): Promise<Recipe>;
  /** Anybody's: whoever has the link may open it. */
  find(id: string): Promise<Recipe | null>;
}

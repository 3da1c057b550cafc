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
  /** Returns the one that is kept: sharing twice gives the same. `null`: an operator has hidden it. */
  share(recipe: Recipe): Promise<Recipe | null>;
  /** Anybody's: whoever has the link may open it, unless an operator has hidden it. */
  find(id: string): Promise<Recipe | null>;
  /** For good: its link leads nowhere any more. */
  hide(id: string, now: Date): Promise<void>;
}

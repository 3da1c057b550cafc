import { strengthNames } from '../../domain/avatar/avatar-model.js';
import { DomainError } from '../../domain/errors.js';
import type { Overrides } from '../../domain/generation/overrides.js';
import { checkedInput } from '../input/input-validation.js';
import { GenerationNamed } from '../input/named.js';
import type { Asker } from '../input/request-context.js';
import type { Needs } from '../ports/needs.js';
import type { Recipe } from '../ports/stores/recipe-store.js';

/** Makes the words and settings of a job open to whoever gets the link. Its avatar and pictures are not part of it. */
export class ShareRecipe {
  constructor(private readonly parts: Needs<'generations' | 'recipes', 'clock' | 'ids'>) {}

  /** @throws DomainError `not_found` (also for somebody else's), `recipe_hidden`. */
  async execute(which: GenerationNamed, { owner }: Asker): Promise<Recipe> {
    const { id } = checkedInput(GenerationNamed, which);
    const { generations, recipes } = this.parts.database.stores;
    const job = await generations.findOwned(owner, id);
    if (job === null || job.preset === null) throw new DomainError({ code: 'not_found', what: 'generation' });
    const shared = await recipes.share({
      id: this.parts.ids.uuid(),
      owner,
      generation: id,
      prompt: job.prompt,
      preset: job.preset,
      overrides: withoutStrengths(job.overrides),
      createdAt: this.parts.clock.now(),
    });
    if (shared === null) throw new DomainError({ code: 'recipe_hidden' });
    return shared;
  }
}

/** Strengths belong to the model that the avatar holds: with another avatar they mean something else. */
const withoutStrengths = (overrides: Overrides): Overrides => {
  const ofModels: readonly string[] = ['strength', ...strengthNames];
  return Object.fromEntries(Object.entries(overrides).filter(([name]) => !ofModels.includes(name)));
};

import { IsUUID } from 'class-validator';
import { DomainError } from '../../../domain/errors.js';
import { avatarId } from '../../../domain/ids.js';
import type { Operator } from '../../../domain/operator/act.js';
import type { Case } from '../../../domain/operator/case.js';
import { checkedInput } from '../../input/input-validation.js';
import type { Needs } from '../../ports/needs.js';
import type { Stores } from '../../ports/stores/stores.js';
import { decidedCase } from './decided-case.js';

export class CaseNamed {
  @IsUUID() case!: string;
}

/** What a case is about, to be looked at. */
export interface OpenedCase {
  readonly about: Case;
  /** What somebody wrote: the words of the recipe, or those of the appeal. */
  readonly words: string | null;
  /** Media keys of what there is still to see. */
  readonly pictures: readonly string[];
}

type Touched = 'cases' | 'images' | 'operatorActs' | 'photos' | 'recipes';

/** Lets an operator look at what a case is about. That they looked is kept before they see anything. */
export class OpenCase {
  constructor(private readonly parts: Needs<Touched, 'clock'>) {}

  /** @throws DomainError `not_found`, `decided_before`: then there is no reason to look any more */
  async execute(given: CaseNamed, { admin }: { readonly admin: Operator }): Promise<OpenedCase> {
    const { case: id } = checkedInput(CaseNamed, given);
    return this.parts.database.transaction(async (stores) => {
      const about = await stores.cases.find(id);
      if (about === null) throw new DomainError({ code: 'not_found', what: 'case' });
      const { kind, person, decision } = about;
      if (decision !== null) throw await decidedCase(stores, id);
      await stores.operatorActs.write({
        ...{ at: this.parts.clock.now(), admin, act: 'case-open', subject: person, why: null },
        details: { about: kind },
      });
      return { about, ...(await contents(stores, about)) };
    });
  }
}

async function contents(
  { images, photos, recipes }: Pick<Stores, Touched>,
  { kind, subject, photos: doubtful, words }: Case,
): Promise<Omit<OpenedCase, 'about'>> {
  switch (kind) {
    case 'recipe': {
      const recipe = subject === null ? null : await recipes.find(subject);
      if (recipe === null) return { words: null, pictures: [] };
      const made = await images.ofGeneration(recipe.generation);
      return { words: recipe.prompt, pictures: made.map(({ mediaKey }) => mediaKey) };
    }
    case 'photos': {
      const all = subject === null ? [] : await photos.list(avatarId(subject));
      const shown = all.filter((photo) => doubtful.includes(photo.id));
      return { words: null, pictures: shown.map(({ mediaKey }) => mediaKey) };
    }
    case 'appeal':
      return { words, pictures: [] };
    default:
      return kind satisfies never;
  }
}

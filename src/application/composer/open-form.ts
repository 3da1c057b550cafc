import { IsOptional, IsString, IsUUID, ValidateIf } from 'class-validator';
import { DomainError } from '../../domain/errors.js';
import { startOf } from '../../domain/generation/order.js';
import type { Overrides } from '../../domain/generation/overrides.js';
import { defaultPreset, type PresetName } from '../../domain/generation/preset.js';
import type { AvatarId, GenerationId, UserId } from '../../domain/ids.js';
import { checkedInput, IsOneOf, type Sent } from '../input/input-validation.js';
import type { RequestContext } from '../input/request-context.js';
import type { Needs } from '../ports/needs.js';
import type { GenerationForm } from '../ports/stores/form-store.js';
import type { Choices } from '../ports/stores/preference-store.js';

const kinds = ['new', 'again', 'recipe'] as const;
const startsFrom = (kind: (typeof kinds)[number]) => ValidateIf((start: FormStart) => start.kind === kind);

/** What a form starts from: nothing but the settings, an earlier job of one's own, or a shared recipe. */
export class FormStart {
  @IsOneOf(kinds) kind!: (typeof kinds)[number];
  @IsOptional() @IsString() prompt?: string | null;
  @startsFrom('again') @IsUUID() generation!: GenerationId;
  @startsFrom('recipe') @IsUUID() recipe!: string;
}

/** Begins a picture that is still being chosen: nothing is charged before it is ordered. */
export class OpenForm {
  constructor(
    private readonly parts: Needs<'forms' | 'generations' | 'preferences' | 'recipes', 'clock' | 'ids'>,
  ) {}

  /** @throws DomainError `not_found` when there is no such job of theirs or no such recipe. */
  async execute(given: Sent<FormStart>, { owner, origin }: RequestContext): Promise<GenerationForm> {
    const start = checkedInput(FormStart, given);
    const form: GenerationForm = {
      id: this.parts.ids.uuid(),
      owner,
      suggestion: null,
      origin,
      createdAt: this.parts.clock.now(),
      ...(await this.contents(owner, start)),
    };
    await this.parts.database.stores.forms.save(form);
    return form;
  }

  private async contents(owner: UserId, start: FormStart) {
    const { stores } = this.parts.database;
    switch (start.kind) {
      case 'new': {
        const { preset, aspectRatio, count } = await stores.preferences.of(owner);
        const choices = { avatar: null, preset: preset ?? defaultPreset, aspectRatio, count: count ?? 1 };
        return { prompt: start.prompt ?? null, choices, overrides: {}, picture: null, recipe: null };
      }
      case 'again': {
        const job = await stores.generations.findOwned(owner, start.generation);
        if (job === null || job.preset === null)
          throw new DomainError({ code: 'not_found', what: 'generation' });
        const { source, change } = startOf(job.order) ?? {};
        const picture = source === undefined || change === undefined ? null : { source, change };
        return { prompt: job.prompt, picture, recipe: null, ...split(job.overrides, job.preset, job) };
      }
      case 'recipe': {
        const recipe = await stores.recipes.find(start.recipe);
        if (recipe === null) throw new DomainError({ code: 'not_found', what: 'recipe' });
        return {
          prompt: recipe.prompt,
          picture: null,
          recipe: recipe.owner === owner ? null : recipe.id,
          ...split(recipe.overrides, recipe.preset, { avatar: null, companion: null }),
        };
      }
      default:
        return start.kind satisfies never;
    }
  }
}

/** What the guided screen shows, and the rest that it only keeps. */
function split(
  { aspectRatio, count, ...overrides }: Overrides,
  preset: PresetName,
  { avatar, companion }: { readonly avatar: AvatarId | null; readonly companion: AvatarId | null },
): { choices: Choices; overrides: Overrides } {
  const both = companion === null ? { avatar } : { avatar, companion };
  return { choices: { ...both, preset, aspectRatio: aspectRatio ?? null, count: count ?? 1 }, overrides };
}

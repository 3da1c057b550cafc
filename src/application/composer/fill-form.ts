import { IsObject, IsString, IsUUID } from 'class-validator';
import type { Overrides } from '../../domain/generation/overrides.js';
import { isPresetName } from '../../domain/generation/preset.js';
import { findAvatar } from '../avatars/find-avatar.js';
import { checkedInput, MayBeAbsent } from '../input/input-validation.js';
import type { RequestContext } from '../input/request-context.js';
import type { Needs } from '../ports/needs.js';
import type { GenerationForm } from '../ports/stores/form-store.js';
import type { EditForm } from './edit-form.js';
import { checkTypedRequest, type TypedRequest } from './typed-request.js';

type Parts = Needs<'avatars' | 'endpoints' | 'forms', 'clock'> & { readonly editForm: EditForm };

/** What was typed, with the options taken out. */
export class TypedForm implements Omit<TypedRequest, 'problems'> {
  @IsUUID() form!: string;
  @IsString() prompt!: string;
  @MayBeAbsent() @IsString() preset?: string | undefined;
  @MayBeAbsent() @IsString() avatar?: string | undefined;
  @IsObject() overrides: Overrides = {};
}

/** Where the picture is to go, and the options that do not exist or lack their value. */
type FillContext = Pick<RequestContext, 'owner' | 'origin'> & Pick<TypedRequest, 'problems'>;

/** Puts what was typed into a form, options and all: from now on the picture answers these words. */
export class FillForm {
  constructor(private readonly parts: Parts) {}

  /** @throws DomainError `not_found` (also for somebody else's), else with everything wrong at once */
  async execute(given: TypedForm, { owner, origin, problems }: FillContext): Promise<GenerationForm> {
    const { stores } = this.parts.database;
    const typed = checkedInput(TypedForm, given);
    const { form: id, prompt, preset, avatar: named } = typed;
    const { aspectRatio, count, ...overrides } = typed.overrides;
    const hasOptions = preset !== undefined || named !== undefined || problems.length > 0;
    if (hasOptions || Object.keys(typed.overrides).length > 0) {
      const form = await stores.forms.findOwned(owner, id);
      const whole = {
        ...{ ...typed, problems },
        avatar: named ?? form?.choices.avatar ?? undefined,
        preset: preset ?? form?.choices.preset,
      };
      await checkTypedRequest(stores, owner, whole, this.parts.clock.now());
    }
    const avatar = named === undefined ? undefined : (await findAvatar(stores, named, owner)).id;
    const choices = {
      ...(avatar === undefined ? {} : { avatar }),
      ...(isPresetName(preset) ? { preset } : {}),
      ...(aspectRatio === undefined ? {} : { aspectRatio }),
      ...(count === undefined ? {} : { count }),
    };
    const isChosen = Object.keys(choices).length > 0;
    const change = { form: id, prompt, ...(isChosen ? { choices } : {}) };
    return this.parts.editForm.execute(change, { owner, suggestion: null, overrides, origin });
  }
}

import { isPresetName } from '../../domain/generation/preset.js';
import type { UserId } from '../../domain/ids.js';
import type { Origin } from '../../domain/origin.js';
import { findAvatar } from '../avatars/find-avatar.js';
import type { Needs } from '../ports/needs.js';
import type { GenerationForm } from '../ports/stores/form-store.js';
import type { EditForm } from './edit-form.js';
import { checkTypedRequest, type TypedRequest } from './typed-request.js';

type Parts = Needs<'avatars' | 'endpoints' | 'forms', 'clock'> & { readonly editForm: EditForm };

/** Puts what was typed into a form, options and all: from now on the picture answers these words. */
export class FillForm {
  constructor(private readonly parts: Parts) {}

  /** @throws DomainError `not_found` (also for somebody else's), else with everything wrong at once */
  async execute(owner: UserId, id: string, typed: TypedRequest, origin: Origin): Promise<GenerationForm> {
    const { stores } = this.parts.database;
    const { prompt, preset, avatar: named } = typed;
    const { aspectRatio, count, ...overrides } = typed.overrides;
    const hasOptions = preset !== undefined || named !== undefined || typed.problems.length > 0;
    if (hasOptions || Object.keys(typed.overrides).length > 0) {
      const form = await stores.forms.findOwned(owner, id);
      const whole = {
        ...typed,
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

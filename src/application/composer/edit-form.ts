import { DomainError, invalidInput } from '../../domain/errors.js';
import type { Overrides } from '../../domain/generation/overrides.js';
import { checkPrompt } from '../../domain/generation/prompt.js';
import type { UserId } from '../../domain/ids.js';
import type { Origin } from '../../domain/origin.js';
import type { Needs } from '../ports/needs.js';
import type { GenerationForm } from '../ports/stores/form-store.js';
import type { Choices } from '../ports/stores/preference-store.js';

export interface FormEdit {
  readonly choices?: Partial<Choices> | undefined;
  readonly prompt?: string | undefined;
  readonly suggestion?: string | null | undefined;
  /** Laid over what was asked for beside the choices. */
  readonly overrides?: Overrides | undefined;
  /** Where the picture is to go instead. */
  readonly origin?: Origin | undefined;
  /** Drops a seed that was taken over, so that the picture is a new one. */
  readonly forgetSeed?: boolean | undefined;
}

/** Changes a picture that is still being chosen, and remembers the choices for the next one. */
export class EditForm {
  constructor(private readonly parts: Needs<'forms' | 'preferences'>) {}

  /** @throws DomainError `not_found` (also for somebody else's), `invalid_input` for a prompt that cannot be used. */
  async execute(owner: UserId, id: string, change: FormEdit): Promise<GenerationForm> {
    if (change.prompt !== undefined) {
      const problems = checkPrompt(change.prompt);
      if (problems.length > 0) throw invalidInput(problems);
    }
    return this.parts.database.transaction(async (stores) => {
      const form = await stores.forms.findOwned(owner, id);
      if (form === null) throw new DomainError({ code: 'not_found', what: 'form' });
      const { seed: _, ...unseeded } = form.overrides;
      const next: GenerationForm = {
        ...form,
        choices: { ...form.choices, ...change.choices },
        prompt: change.prompt?.trim() ?? form.prompt,
        suggestion: change.suggestion === undefined ? form.suggestion : change.suggestion,
        overrides: { ...(change.forgetSeed === true ? unseeded : form.overrides), ...change.overrides },
        origin: change.origin ?? form.origin,
      };
      await stores.forms.save(next);
      // Whom somebody was shown with once is no habit.
      const { companion: __, ...lastChoices } = next.choices;
      if (change.choices !== undefined) await stores.preferences.change(owner, { lastChoices });
      return next;
    });
  }
}

import { IsBoolean, IsInt, IsOptional, IsString, IsUUID, Max, Min } from 'class-validator';
import { DomainError } from '../../domain/errors.js';
import { type AspectRatio, aspectRatios } from '../../domain/generation/aspect-ratio.js';
import type { Overrides } from '../../domain/generation/overrides.js';
import { type PresetName, presetNames } from '../../domain/generation/preset.js';
import { checkPrompt } from '../../domain/generation/prompt.js';
import type { AvatarId } from '../../domain/ids.js';
import type { Origin } from '../../domain/origin.js';
import { IsOneOf, MayBeAbsent, Nested, readInput, refuseIfWrong } from '../input/input-validation.js';
import type { Asker } from '../input/request-context.js';
import type { Needs } from '../ports/needs.js';
import type { GenerationForm } from '../ports/stores/form-store.js';
import type { Choices } from '../ports/stores/preference-store.js';

export class FormChoices implements Partial<Choices> {
  @IsOptional() @IsUUID() avatar?: AvatarId | null;
  @IsOptional() @IsUUID() companion?: AvatarId | null;
  @MayBeAbsent() @IsOneOf(presetNames) preset?: PresetName;
  @IsOptional() @IsOneOf(aspectRatios) aspectRatio?: AspectRatio | null;
  @MayBeAbsent() @IsInt() @Min(1) @Max(4) count?: number;
}

export class FormEdit {
  @IsUUID() form!: string;
  @MayBeAbsent() @Nested(FormChoices) choices?: FormChoices;

  /** Judged by `checkPrompt`. */
  @MayBeAbsent() @IsString() prompt?: string | undefined;

  /** Drops a seed that was taken over, so that the picture is a new one. */
  @MayBeAbsent() @IsBoolean() forgetSeed?: boolean;
}

/** What only we say of it. */
interface EditContext extends Asker, Partial<Pick<GenerationForm, 'suggestion' | 'picture'>> {
  /** Laid over what was asked for beside the choices. */
  readonly overrides?: Overrides;
  /** Where the picture is to go instead. */
  readonly origin?: Origin;
}

/** Changes a picture that is still being chosen. */
export class EditForm {
  constructor(private readonly parts: Needs<'forms'>) {}

  /** @throws DomainError `not_found` (also for somebody else's), `invalid_input` for a prompt that cannot be used. */
  async execute(given: FormEdit, context: EditContext): Promise<GenerationForm> {
    const { input: change, problems } = readInput(FormEdit, given);
    const { owner } = context;
    refuseIfWrong([...problems, ...(change.prompt === undefined ? [] : checkPrompt(change.prompt))]);
    return this.parts.database.transaction(async (stores) => {
      const form = await stores.forms.findOwned(owner, change.form);
      if (form === null) throw new DomainError({ code: 'not_found', what: 'form' });
      const { seed: _, ...unseeded } = form.overrides;
      const next: GenerationForm = {
        ...form,
        choices: { ...form.choices, ...change.choices },
        prompt: change.prompt?.trim() ?? form.prompt,
        suggestion: context.suggestion === undefined ? form.suggestion : context.suggestion,
        overrides: { ...(change.forgetSeed === true ? unseeded : form.overrides), ...context.overrides },
        picture: context.picture === undefined ? form.picture : context.picture,
        origin: context.origin ?? form.origin,
      };
      await stores.forms.save(next);
      return next;
    });
  }
}

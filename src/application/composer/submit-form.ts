import { IsBoolean, IsUUID } from 'class-validator';
import { DomainError } from '../../domain/errors.js';
import { presetsFor } from '../../domain/generation/routing.js';
import type { Asked } from '../generation/accept-once.js';
import type { GenerationContext, RequestGeneration } from '../generation/request-generation.js';
import { checkedInput, MayBeAbsent } from '../input/input-validation.js';
import type { Needs } from '../ports/needs.js';
import type { DescribeForm } from './describe-form.js';

export class FormSubmission {
  @IsUUID() id!: string;

  /** What prompt help proposed, instead of the person's own words. */
  @MayBeAbsent() @IsBoolean() suggested?: boolean | undefined;
}

/** Stored with the job: what earlier releases wrote begins with `wish`, too. */
export const requestKeyOfForm = (id: string): string => `wish:${id}`;

type Parts = Needs<'forms' | 'gallery'> & {
  readonly describeForm: DescribeForm;
  readonly requestGeneration: RequestGeneration;
};

/** Has a chosen picture made. A form is made once, however often its button is tapped. */
export class SubmitForm {
  constructor(private readonly parts: Parts) {}

  /**
   * @throws DomainError `not_found` (also for somebody else's, or when nothing was said yet), `preset_not_available` for
   *   one that has gone away since it was chosen, else as a request
   */
  async execute(
    submission: FormSubmission,
    { owner, origin, agreed, sure }: Pick<GenerationContext, 'owner' | 'origin' | 'agreed' | 'sure'>,
  ): Promise<Asked> {
    const { id, suggested } = checkedInput(FormSubmission, submission);
    const { forms, gallery } = this.parts.database.stores;
    const form = await forms.findOwned(owner, id);
    const prompt = suggested === true ? form?.suggestion : form?.prompt;
    if (form === null || prompt == null) throw new DomainError({ code: 'not_found', what: 'form' });
    const { avatar, companion, choices, picture, presets } = await this.parts.describeForm.execute(form);
    if (avatar === null) throw new DomainError({ code: 'no_avatar' });
    // Deleted since it was chosen: nobody pays for a picture of somebody else.
    if (form.choices.avatar !== null && form.choices.avatar !== avatar.id)
      throw new DomainError({ code: 'not_found', what: 'avatar' });
    // Nor for one that is not like the one they chose.
    if (picture !== null && (await gallery.withFile(owner, picture.source)) === null)
      throw new DomainError({ code: 'not_found', what: 'image' });
    // Nor for one in another preset. What never worked with the avatar was replaced before their eyes.
    const { preset } = form.choices;
    if (!presets.includes(preset) && presetsFor(avatar.model).includes(preset))
      throw new DomainError({ code: 'preset_not_available', preset, available: presets });
    const request = {
      avatar: avatar.id,
      companion: companion?.id,
      preset: choices.preset,
      prompt,
      overrides: {
        ...form.overrides,
        aspectRatio: choices.aspectRatio ?? undefined,
        count: choices.count,
      },
    };
    const requestKey = requestKeyOfForm(id);
    const by = { owner, origin, requestKey, agreed, sure, picture: picture ?? undefined };
    return this.parts.requestGeneration.execute(request, by);
  }
}

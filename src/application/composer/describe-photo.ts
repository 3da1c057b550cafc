import { IsString } from 'class-validator';
import { checkedInput } from '../input/input-validation.js';
import type { RequestContext } from '../input/request-context.js';
import { useAllowance } from '../policy/allowance.js';
import type { Policy } from '../policy/policy.js';
import type { Needs } from '../ports/needs.js';
import type { PromptAssistant } from '../ports/prompt-assistant.js';
import { type Assistance, answerOf } from './assistance.js';
import type { EditForm } from './edit-form.js';
import type { OpenForm } from './open-form.js';

export class PhotoDescription {
  /** What its owner said with it; may be empty. */
  @IsString() caption!: string;
}

interface PhotoContext extends RequestContext {
  /** A JPEG. @throws NoAssistance when it cannot be had */
  readonly read: (signal: AbortSignal) => Promise<Uint8Array>;
}

type Parts = Needs<'allowances', 'clock' | 'log'> & {
  readonly policy: Pick<Policy, 'allowances'>;
  readonly assistant: PromptAssistant;
  readonly openForm: OpenForm;
  readonly editForm: EditForm;
};

/** A photo as a prompt: what is to be seen on it becomes the words of a form, which can be changed. */
export class DescribePhoto {
  constructor(private readonly parts: Parts) {}

  /** @throws DomainError `allowance_spent` */
  async execute(given: PhotoDescription, context: PhotoContext): Promise<Assistance> {
    const { caption } = checkedInput(PhotoDescription, given);
    const { owner, read } = context;
    const { database, policy, clock, assistant, openForm, editForm, log } = this.parts;
    await useAllowance(database.stores, policy, { owner, kind: 'photo_words' }, clock.now());
    const form = await openForm.execute({ kind: 'new' }, context);
    return {
      form,
      begin: async (signal) => {
        const seen = await answerOf(log, signal, async (patience) =>
          assistant.describe(await read(patience), 'image/jpeg', patience),
        );
        const prompt = seen === null || caption === '' ? seen : `${caption}, ${seen}`;
        return editForm.execute({ form: form.id, prompt: prompt ?? undefined }, { owner });
      },
    };
  }
}

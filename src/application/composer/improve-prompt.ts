import { IsUUID } from 'class-validator';
import { DomainError } from '../../domain/errors.js';
import { checkedInput, IsOneOf } from '../input/input-validation.js';
import type { Asker } from '../input/request-context.js';
import { useAllowance } from '../policy/allowance.js';
import type { Policy } from '../policy/policy.js';
import type { Needs } from '../ports/needs.js';
import type { PromptAssistant } from '../ports/prompt-assistant.js';
import { promptHelps } from '../ports/stores/preference-store.js';
import { type Assistance, answerOf } from './assistance.js';
import type { EditForm } from './edit-form.js';

const ways = promptHelps.filter((way) => way !== 'off');

export class PromptImprovement {
  @IsUUID() form!: string;
  @IsOneOf(ways) how!: (typeof ways)[number];
}

type Parts = Needs<'allowances' | 'forms', 'clock' | 'log'> & {
  readonly policy: Pick<Policy, 'allowances'>;
  readonly assistant: PromptAssistant;
  readonly editForm: EditForm;
};

/** Has other words proposed for the picture of a form. Its owner's own words stay until they choose. */
export class ImprovePrompt {
  constructor(private readonly parts: Parts) {}

  /** @throws DomainError `not_found` (also for somebody else's, or when nothing was said yet), `allowance_spent` */
  async execute(given: PromptImprovement, { owner }: Asker): Promise<Assistance> {
    const { form: id, how } = checkedInput(PromptImprovement, given);
    const { database, policy, clock, assistant, editForm, log } = this.parts;
    const form = await database.stores.forms.findOwned(owner, id);
    if (form === null || form.prompt === null) throw new DomainError({ code: 'not_found', what: 'form' });
    const { prompt } = form;
    await useAllowance(database.stores, policy, { owner, kind: 'prompt_help' }, clock.now());
    return {
      form,
      begin: async (signal) => {
        const better = await answerOf(log, signal, (patience) => assistant.improve(prompt, how, patience));
        return editForm.execute({ form: id }, { owner, suggestion: better === prompt ? null : better });
      },
    };
  }
}

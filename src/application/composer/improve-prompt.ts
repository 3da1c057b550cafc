import { DomainError } from '../../domain/errors.js';
import type { UserId } from '../../domain/ids.js';
import { useAllowance } from '../policy/allowance.js';
import type { Policy } from '../policy/policy.js';
import type { Needs } from '../ports/needs.js';
import type { PromptAssistant } from '../ports/prompt-assistant.js';
import type { PromptHelp } from '../ports/stores/preference-store.js';
import { type Assistance, answerOf } from './assistance.js';
import type { EditForm } from './edit-form.js';

export interface PromptImprovement {
  readonly owner: UserId;
  readonly form: string;
  readonly how: Exclude<PromptHelp, 'off'>;
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
  async execute({ owner, form: id, how }: PromptImprovement): Promise<Assistance> {
    const { database, policy, clock, assistant, editForm, log } = this.parts;
    const form = await database.stores.forms.findOwned(owner, id);
    if (form === null || form.prompt === null) throw new DomainError({ code: 'not_found', what: 'form' });
    const { prompt } = form;
    await useAllowance(database.stores, policy, { owner, kind: 'prompt_help' }, clock.now());
    return {
      form,
      begin: async (signal) => {
        const better = await answerOf(log, signal, (patience) => assistant.improve(prompt, how, patience));
        return editForm.execute(owner, id, { suggestion: better === prompt ? null : better });
      },
    };
  }
}

import type { IntendedCaseBlock } from '../../../../domain/operator/intent.js';
import type { BotContext } from '../../bot-context.js';
import type { BotServices } from '../../bot-services.js';
import { casesButton, confirmCaseBlockButton, sayWhyButton } from '../../buttons/admin-buttons.js';
import { Html } from '../../wording/html.js';
import { Confirmations, type Put } from './confirmations.js';

/** Asks whether whoever shared what was reported is to be blocked. */
export class CaseQuestions {
  private readonly confirmations: Confirmations;

  constructor(private readonly services: Pick<BotServices, 'clock' | 'database' | 'keepIntent'>) {
    this.confirmations = new Confirmations(services);
  }

  async ask(
    context: BotContext,
    act: IntendedCaseBlock,
    how: { readonly put?: Put; readonly instead?: string } = {},
  ): Promise<void> {
    const { texts } = context.user;
    const known = await this.services.database.stores.users.find(act.person);
    const name = known?.displayName ?? act.person;
    const why = act.why !== null && texts.html('act-why', { why: act.why });
    const text = Html.join([texts.html('ask-case-block', { name }), why]);
    await this.confirmations.ask(
      context,
      act,
      (intent) => ({
        text,
        keyboard: [
          [confirmCaseBlockButton.button(texts.plain('button-confirm-block'), { intent })],
          [sayWhyButton.button(texts.plain('button-say-why'), { intent })],
          [casesButton.button(texts.plain('button-leave-question'), { skip: 0 })],
        ],
      }),
      how,
    );
  }
}

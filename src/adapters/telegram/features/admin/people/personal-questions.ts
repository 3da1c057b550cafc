import type { UserId } from '../../../../../domain/ids.js';
import type { PersonalAct } from '../../../../../domain/operator/intent.js';
import { cut } from '../../../../../domain/text/cut-text.js';
import type { BotContext } from '../../../bot-context.js';
import type { BotServices } from '../../../bot-services.js';
import { say } from '../../../replies.js';
import { Html } from '../../../wording/html.js';
import { Confirmations, type Put } from '../confirmations.js';
import { askAct } from './act-question.js';
import { personCard } from './person-card.js';

/** In characters. */
export const longestReason = 200;

/** The card of one person, and what operators are asked about them. */
export class PersonalQuestions {
  private readonly confirmations: Confirmations;

  constructor(
    private readonly services: Pick<BotServices, 'clock' | 'database' | 'describePerson' | 'keepIntent'>,
  ) {
    this.confirmations = new Confirmations(services);
  }

  /** @param came what was done before, said above it */
  async card(context: BotContext, user: UserId, put: Put, came?: Html): Promise<void> {
    const person = await this.services.describePerson.execute(user);
    const { text, keyboard } = personCard(person, context.user.texts);
    await put(context, Html.join([came, text], '\n\n'), keyboard);
  }

  /** Keeps what is to be done, and asks with its numbers. */
  async ask(
    context: BotContext,
    asked: PersonalAct,
    how: { readonly put?: Put; readonly instead?: string } = {},
  ): Promise<void> {
    const act =
      'why' in asked && asked.why !== null ? { ...asked, why: cut(asked.why, longestReason) } : asked;
    const person = await this.services.describePerson.execute(act.user);
    await this.confirmations.ask(
      context,
      act,
      (intent) => askAct({ act, person, intent }, context.user.texts),
      { put: say, ...how },
    );
  }
}

import type { IntendedAct } from '../../../../domain/operator/intent.js';
import type { BotContext } from '../../bot-context.js';
import type { BotServices } from '../../bot-services.js';
import { type Screen, type say, show } from '../../replies.js';
import { Questions } from '../questions.js';
import { operatorQuestion } from './operator-question.js';

export type Put = typeof say | typeof show;

/**
 * Asks operators once more before something is done. As long as the card asks, a text of theirs is no order: see
 * `open-questions.ts`. Every card that confirms a stored intent comes from here.
 */
export class Confirmations {
  private readonly questions: Questions;

  constructor(private readonly services: Pick<BotServices, 'database' | 'clock' | 'keepIntent'>) {
    this.questions = new Questions(services);
  }

  /** @param instead the question that this one takes the place of */
  async ask(
    context: BotContext,
    act: IntendedAct,
    cardOf: (intent: string) => Screen,
    { put = show, instead }: { readonly put?: Put; readonly instead?: string | undefined } = {},
  ): Promise<void> {
    const intent = await this.services.keepIntent.execute(act, { admin: context.user.id, instead });
    await this.put(context, intent, cardOf(intent), put);
  }

  /** The same for what was kept already. */
  async put(context: BotContext, intent: string, { text, keyboard }: Screen, put: Put): Promise<void> {
    await put(context, text, keyboard);
    // Takes the place of what asked for it, which asks until then: a message whose answer fails is tried again.
    await this.questions.expect(context, operatorQuestion('confirm', intent));
  }
}

import type { MiddlewareFn } from 'grammy';
import type { BotContext } from '../bot-context.js';
import type { BotServices } from '../bot-services.js';
import { UnpaidPrompts } from '../features/generate/unpaid-prompts.js';
import { Questions } from '../features/questions.js';

/** Who wants another picture edits at once; later edits only tidy up the chat. Seconds. */
const heardWithin = 30;

/**
 * A text that is edited soon after it was sent, and that nothing was paid for yet, is handled as if it had been sent
 * like this. All other edits are ignored.
 */
export const hearEdits = (services: BotServices): MiddlewareFn<BotContext> => {
  const unpaidPrompts = new UnpaidPrompts(services);
  const questions = new Questions(services);
  return async (context, next) => {
    const { edited_message: edited, ...update } = context.update;
    if (edited === undefined) return next();
    if (edited.text === undefined || (edited.edit_date ?? 0) - edited.date > heardWithin) return;
    const unpaid = await unpaidPrompts.find(edited.chat.id, edited.message_id);
    if (unpaid === null) return;
    const { form, screen } = unpaid;
    if (form !== undefined) {
      // The text belongs to that form. If another one waits for its words, it would be taken for them.
      if ((await questions.openOf(context, 'prompt')) !== null) return;
      await questions.expect(context, { kind: 'prompt', subject: `${form} ${screen ?? ''}`.trim() });
    }
    Object.assign(context, { update: { ...update, message: edited } });
    return next();
  };
};

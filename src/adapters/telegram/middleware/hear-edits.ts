import type { MiddlewareFn } from 'grammy';
import type { BotContext } from '../bot-context.js';
import type { BotServices } from '../bot-services.js';
import { UnpaidPrompts } from '../features/generate/unpaid-prompts.js';
import { Questions } from '../features/questions.js';

/** Who mends a text does so at once; what is rewritten later is put in order for the eye. Seconds. */
const heardWithin = 30;

/**
 * A text that was rewritten soon after it was sent, before anything was paid for it, is heard as if it had been sent
 * so. All other edits say nothing to the bot.
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
      // It was about that form, and another question would take it for its answer.
      if ((await questions.open(context)) !== null) return;
      await questions.expect(context, { kind: 'prompt', subject: `${form} ${screen ?? ''}`.trim() });
    }
    Object.assign(context, { update: { ...update, message: edited } });
    return next();
  };
};

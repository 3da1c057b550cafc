import type { BotContext } from '../../../bot-context.js';
import { bestEffort } from '../../../telegram-errors.js';
import type { Translator } from '../../../wording/translator.js';
import { readOperatorQuestion } from '../operator-question.js';

/** Comes back with whom the operator chose. */
const pickRequest = 1;

/**
 * A button under the input field that opens the operator's own list of people; Telegram has none that stands under a
 * message. Returns the number of the message that brought it.
 */
export async function offerPicker(context: BotContext, texts: Translator): Promise<number> {
  const choose = {
    text: texts.plain('button-choose-person'),
    request_users: { request_id: pickRequest, user_is_bot: false },
  };
  const { message_id } = await context.reply(texts.html('person-pick').source, {
    parse_mode: 'HTML',
    reply_markup: { keyboard: [[choose]], resize_keyboard: true, one_time_keyboard: true },
  });
  return message_id;
}

/** Whom the operator chose there; `null`: nobody. */
export function picked({ message }: BotContext): number | null {
  const { request_id, users: [chosen] = [] } = message?.users_shared ?? {};
  return request_id === pickRequest && chosen !== undefined ? chosen.user_id : null;
}

/** Takes the button away with its message, if this question brought one. */
export async function removePicker(context: BotContext, subject: string): Promise<void> {
  const { topic, about } = readOperatorQuestion(subject);
  const { chat } = context;
  if (topic !== 'find' || about === '' || chat === undefined) return;
  await bestEffort(() => context.api.deleteMessage(chat.id, Number(about)));
}

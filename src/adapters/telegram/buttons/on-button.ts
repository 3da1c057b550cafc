import type { Composer, Filter } from 'grammy';
import type { BotContext } from '../bot-context.js';
import { bestEffort } from '../telegram-errors.js';
import type { ButtonKind } from './button-kind.js';

export type Tapped = Filter<BotContext, 'callback_query:data'>;

type Handler = (context: Tapped) => Promise<boolean>;

/** By the name of their kind: there are dozens, and whatever arrives would be held against each of them. */
const handlers = new WeakMap<Composer<BotContext>, Map<string, Handler>>();

/**
 * Handles the taps on one kind of button. The handler may answer the tap with words of its own; a tap that it left
 * unanswered is answered after it, so that no button goes on spinning.
 */
export function onButton<Values>(
  composer: Composer<BotContext>,
  kind: ButtonKind<Values>,
  handle: (context: Tapped, values: Values) => Promise<unknown>,
): void {
  handlersOn(composer).set(kind.name, async (context) => {
    const values = kind.read(context.callbackQuery.data);
    if (values === null) return false;
    let isAnswered = false;
    const answer = context.answerCallbackQuery.bind(context);
    context.answerCallbackQuery = async (...args) => {
      isAnswered = true;
      await bestEffort(() => answer(...args));
      return true;
    };
    await handle(context, values);
    if (!isAnswered) await context.answerCallbackQuery();
    return true;
  });
}

/** The names of the kinds that are handled there. */
export const handledOn = (composer: Composer<BotContext>): string[] => [
  ...(handlers.get(composer)?.keys() ?? []),
];

function handlersOn(composer: Composer<BotContext>): Map<string, Handler> {
  const known = handlers.get(composer);
  if (known !== undefined) return known;
  const byName = new Map<string, Handler>();
  handlers.set(composer, byName);
  composer.on('callback_query:data', async (context, next) => {
    const [name = ''] = context.callbackQuery.data.split(':', 1);
    if (!(await byName.get(name)?.(context))) await next();
  });
  return byName;
}

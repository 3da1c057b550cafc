import { badRequest } from '../../bot-api-error.js';
import { codePoints } from '../../text/formatted-text.js';
import { method } from '../method.js';

export const callbackMethods = [
  method('answerCallbackQuery', (parameters, world) => {
    const queryId = parameters.text('callback_query_id');
    const text = parameters.text('text');
    if (codePoints(text) > 200) throw badRequest('MESSAGE_TOO_LONG');
    const url = parameters.text('url');
    if (url !== '' && !opensBot(url, world.bot.username)) throw badRequest('URL_INVALID');
    const taken = world.queries.callbacks.answer(queryId, {
      text,
      show_alert: parameters.flag('show_alert'),
      ...(url === '' ? {} : { url }),
      cache_time: parameters.integer('cache_time') ?? 0,
    });
    if (!taken) throw badRequest('query is too old and response timeout expired or query ID is invalid');
    world.events.emit({ type: 'callback_answered', queryId });
    return true;
  }),
];

/** Only the bot's own start link may be opened without asking; games are not played here. */
function opensBot(url: string, username: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, pathname, searchParams } = new URL(url);
  const isWeb = protocol === 'https:' && ['t.me', 'telegram.me'].includes(hostname);
  return isWeb && pathname.toLowerCase() === `/${username.toLowerCase()}` && searchParams.has('start');
}

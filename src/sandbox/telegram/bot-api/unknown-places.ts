import { badRequest } from '../bot-api-error.js';

/**
 * Nobody here has topics or a business account: every id of one is unknown.
 * @throws BotApiError 400, as Telegram of an id that it does not know
 */
export function checkPlace(method: string, values: Readonly<Record<string, unknown>>): void {
  const has = (name: string) => !['', '0'].includes(String(values[name] ?? ''));
  if (has('business_connection_id')) throw badRequest('business connection not found');
  const posts = /^(send|copy|forward)/.test(method) && method !== 'sendChatAction';
  if (posts && has('message_thread_id')) throw badRequest('message thread not found');
}

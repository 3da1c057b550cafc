import { badRequest } from '../../bot-api-error.js';
import type { Fields } from '../method-parameters.js';

/** The messages that one call is about. @throws BotApiError 400 for none, more than 100 or what is no id */
export function readMessageIds(parameters: Fields<'message_ids'>): number[] {
  const given = parameters.json('message_ids', 'message_ids');
  if (given === undefined) throw badRequest('message identifiers are not specified');
  if (!Array.isArray(given)) throw badRequest('expected an Array of message identifiers');
  if (given.length === 0) throw badRequest('message identifiers are not specified');
  if (given.length > 100) throw badRequest('too many message identifiers specified');
  return given.map((id: unknown) => {
    if (typeof id !== 'number' && typeof id !== 'string')
      throw badRequest('message identifier must be a Number');
    if (!/^-?\d+$/.test(String(id))) throw badRequest("can't parse message identifier as Number");
    if (Number(id) <= 0) throw badRequest('invalid message identifier specified');
    return Number(id);
  });
}

import { cut } from '../../domain/text/cut-text.js';
import { isRecord } from './json.js';

/** One job in fal's queue. Only this folder knows what a ticket is made of. */
export interface FalJob {
  readonly endpoint: string;
  readonly requestId: string;
}

const separator = '/requests/';

/** What fal uses as ids; anything else in a path would ask for something else. */
const requestIdPattern = /^[\w-]{1,128}$/;

export const isRequestId = (value: unknown): value is string =>
  typeof value === 'string' && requestIdPattern.test(value);

/** What the answer to a submit names; whatever else came (a proxy's page, `null`) names nothing. */
export const requestIdIn = (answer: unknown): unknown => (isRecord(answer) ? answer.request_id : null);

export const toTicket = ({ endpoint, requestId }: FalJob): string => endpoint + separator + requestId;

/** @throws Error when it is no ticket of ours */
export function fromTicket(ticket: string): FalJob {
  const at = ticket.lastIndexOf(separator);
  const requestId = ticket.slice(at + separator.length);
  if (at < 1 || !isRequestId(requestId)) throw new Error(`Not a ticket of fal: "${cut(ticket, 200)}"`);
  return { endpoint: ticket.slice(0, at), requestId };
}

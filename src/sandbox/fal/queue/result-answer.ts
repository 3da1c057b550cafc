import { errorBody, errorHeaders } from '../fal-error.js';
import type { ResultBody } from '../result-body.js';
import { isJobError, outcomeOf, type RequestRecord } from './request-record.js';

/** What fal answers for a job that has ended: its output, or its real error. */
export async function resultAnswer(record: RequestRecord, resultBody: ResultBody): Promise<Response> {
  const outcome = outcomeOf(record);
  return isJobError(outcome)
    ? answerAbout(record, errorBody(outcome), outcome.status, errorHeaders(outcome))
    : answerAbout(record, await resultBody(record, outcome), 200);
}

export function answerAbout(
  record: RequestRecord,
  body: unknown,
  status: number,
  headers: Record<string, string> = {},
): Response {
  return Response.json(body, { status, headers: { 'x-fal-request-id': record.id, ...headers } });
}

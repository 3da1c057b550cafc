import type { Problem } from '../../../domain/errors.js';
import type { Failure } from '../../../domain/failure.js';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What is wrong with the id of a row as it was typed. */
export const idProblems = (received: string, allowed: string, field = 'id'): Problem[] =>
  uuid.test(received) ? [] : [{ field, code: 'malformed', received, allowed }];

/** What is wrong with the length of a list as it was typed. */
export const limitProblems = (received: string): Problem[] =>
  /^[1-9]\d{0,3}$/.test(received) ? [] : [{ field: 'limit', code: 'malformed', received, allowed: '1-9999' }];

/** Why a job failed; empty when it did not. */
export const why = ({ failure }: { readonly failure?: Failure }): string =>
  failure === undefined ? '' : `${failure.kind}: ${failure.detail}`;

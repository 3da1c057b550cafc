import type { Problem } from '../../../domain/errors.js';
import type { Failure } from '../../../domain/failure.js';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What is wrong with the id of a row as it was typed. */
export const idProblems = (received: string, allowed: string): Problem[] =>
  uuid.test(received) ? [] : [{ field: 'id', code: 'malformed', received, allowed }];

/** Why a job failed; empty when it did not. */
export const why = ({ failure }: { readonly failure?: Failure }): string =>
  failure === undefined ? '' : `${failure.kind}: ${failure.detail}`;

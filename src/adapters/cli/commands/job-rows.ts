import type { Problem } from '../../../domain/errors.js';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What is wrong with the id of a row as it was typed. */
export const idProblems = (received: string, allowed: string): Problem[] =>
  uuid.test(received) ? [] : [{ field: 'id', code: 'malformed', received, allowed }];

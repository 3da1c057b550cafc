import { refuseIfWrong } from '../../application/input/input-validation.js';
import { invalidInput, type Problem } from '../../domain/errors.js';
import type { Failure } from '../../domain/failure.js';
import type { CliHost } from './cli-host.js';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const idPart = /^[0-9a-f][0-9a-f-]{3,}$/i;

/** What is wrong with the id of a row, or its beginning, as it was typed. */
export const idProblems = (received: string, allowed: string, field = 'id'): Problem[] =>
  idPart.test(received) ? [] : [{ field, code: 'malformed', received, allowed }];

/**
 * The id that somebody means by its beginning.
 * @param allowed where ids are found, in words. @throws DomainError when none begins so, or several do
 */
export async function fullId<Id extends string>(
  rows: { beginningWith(letters: string, limit: number): Promise<Id[]> },
  typed: string,
  allowed: string,
): Promise<Id> {
  if (uuid.test(typed)) return typed as Id;
  refuseIfWrong(idProblems(typed, allowed));
  const [id, ...others] = await rows.beginningWith(typed, 5);
  if (id === undefined)
    throw invalidInput([{ field: 'id', code: 'unknown_value', received: typed, allowed }]);
  if (others.length === 0) return id;
  const several = [id, ...others].join(', ');
  throw invalidInput([{ field: 'id', code: 'ambiguous', received: typed, allowed: several }]);
}

/** Ids as tables show them: as many letters as tell these apart. */
export function shortIds(ids: readonly string[]): (id: string) => string {
  const length = [8, 13, 18, 23].find(
    (letters) => new Set(ids.map((id) => id.slice(0, letters))).size === new Set(ids).size,
  );
  return (id) => id.slice(0, length ?? 36);
}

/** What is wrong with the length of a list as it was typed. */
export const limitProblems = (received: string): Problem[] =>
  /^[1-9]\d{0,3}$/.test(received) ? [] : [{ field: 'limit', code: 'malformed', received, allowed: '1-9999' }];

/** Says on stderr that a list is longer than what was shown of it. */
export const tellMore = (host: Pick<CliHost, 'err'>, more: number, of = 'see --limit'): void => {
  if (more > 0) host.err(`… and ${more} more: ${of}\n`);
};

/** Why a job failed; empty when it did not. */
export const why = ({ failure }: { readonly failure?: Failure }): string =>
  failure === undefined ? '' : `${failure.kind}: ${failure.detail}`;

import type { GoodEnd } from '../../../../application/ports/stores/generation-store.js';
import type { Precondition, Then } from '../../../../application/ports/stores/jobs/leases.js';
import type { Generation } from '../../../../domain/generation/generation.js';
import type { LedgerEntry } from '../../../../domain/ledger.js';
import { avatarAsJson } from '../avatar-rows.js';
import { entryParameters, entryParts } from '../entry-parts.js';
import { queuePosition } from './generation-queries.js';
import { toColumns } from './generation-rows.js';
import { type FixedStatement, inSql, LeasedUpdate } from './leased-update.js';

/** By what they differ in: they are put together once. */
const texts = new Map<string, string>();

function textOnce(key: string, put: () => string): string {
  const text = texts.get(key) ?? put();
  texts.set(key, text);
  return text;
}

/** Adds a job, unless its key was used before: then it returns no row. */
export function adding(generation: Generation, requestKey: string | null): FixedStatement {
  const columns = columnsOf(generation, requestKey);
  const names = Object.keys(columns);
  return {
    text: textOnce(`adding ${names}`, () => insertion(names, '$1', 2)),
    parameters: [generation.owner, ...Object.values(columns)],
  };
}

/** The same, and holds its price. Changes nothing either when the account does not suffice. */
export function addingHeld(
  generation: Generation,
  { user, kind, amount, reason }: LedgerEntry,
  requestKey: string | null,
): FixedStatement {
  const columns = columnsOf(generation, requestKey);
  const names = Object.keys(columns);
  return {
    text: textOnce(`adding held ${names}`, () => textOfHolding(insertion(names, '$1', 6, 'account'))),
    parameters: [user, amount, kind, reason, generation.createdAt, ...Object.values(columns)],
  };
}

const columnsOf = (generation: Generation, requestKey: string | null) => ({
  ...toColumns(generation),
  checkAfter: generation.createdAt,
  requestKey,
});

/** @param from what has a row when there is to be one */
const insertion = (
  columns: readonly string[],
  owner: string,
  first: number,
  from = '(values (1)) as always',
) => `
  insert into generations (turn, ${columns.map(inSql).join()})
  select ${queuePosition(owner)}, ${columns.map((_, index) => `$${index + first}`).join()} from ${from}
  on conflict (request_key) do nothing
  returning id`;

const textOfHolding = (insertion: string): string => `
  with account as (
    select user_id from accounts where user_id = $1 and balance + $2::integer >= 0 for no key update
  ), job as (${insertion}), entry as (
    insert into ledger_entries (user_id, kind, amount, reason, at) select $1, $3, $2, $4, $5 from job
  )
  update accounts set balance = balance + $2, held = held - $2 from job where user_id = $1`;

const update = new LeasedUpdate('generations');

/**
 * Writes the end of a job that brought something: its state, its images and what is charged. One row when it did, with
 * whom the images show and whether somebody waits for the place; nothing is changed when the row is not as expected.
 */
export function endingWell(
  { next, images, entries, now }: GoodEnd,
  expected: Precondition<string>,
  then: Then,
): FixedStatement {
  const { id, createdAt: _, owner, ...columns } = toColumns(next);
  const { text, parameters } = update.of(id, columns, expected, then);
  const account = [owner, entries.length, JSON.stringify(images), ...entryParameters(entries, now)];
  return {
    text: textOnce(text, () => textOfEnding(text, parameters.length + 1)),
    parameters: [...parameters, ...account],
  };
}

const imageColumns =
  'id, generation, owner, position, media_key, thumbnail_key, width, height, content_type, bytes, sha256, created_at';
/** The same of ImageRow. */
const imageFields = `"id" uuid, "generation" uuid, "owner" text, "position" integer, "mediaKey" text, "thumbnailKey" text,
  "width" integer, "height" integer, "contentType" text, "bytes" bigint, "sha256" text, "createdAt" timestamptz`;

/** @param first of the parameters that come after the update's own */
function textOfEnding(updating: string, first: number): string {
  const [owner, entries, images] = [`$${first}::text`, `$${first + 1}::integer`, `$${first + 2}::json`];
  return `
    with job as (
      ${updating} and (${entries} = 0 or exists (select from accounts where user_id = ${owner}))
      returning avatar, companion
    ), account as (
      select user_id from job, accounts where user_id = ${owner} for no key update of accounts
    ), ${entryParts(first + 3)}, moved as (
      update accounts set balance = balance + total.amount, held = accounts.held + total.held
      from total where user_id = ${owner} and total.entries > 0
    ), kept as (
      insert into images (${imageColumns})
      select image.* from job, json_to_recordset(${images}) as image (${imageFields})
    )
    select (select ${avatarAsJson} from avatars where avatars.id = job.avatar) as avatar,
      (select ${avatarAsJson} from avatars where avatars.id = job.companion) as companion,
      exists (select from (select from generations where status = 'accepted' order by turn limit 1) as first) as "isAwaited"
    from job`;
}

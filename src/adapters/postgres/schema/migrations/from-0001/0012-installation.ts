import { type Kysely, sql } from 'kysely';

/**
 * The database knows whether it is a live one's or a sandbox's, and is written to when readiness is asked. Search in
 * the gallery folds letters by Unicode's rules, also where the database's own locale knows only those of English.
 */
export async function up(database: Kysely<unknown>): Promise<void> {
  const collation = await unicodeCollation(database);
  for (const statement of [...installation, ...folding(collation)])
    await sql.raw(statement).execute(database);
}

const installation = [
  `create table installation (
    one boolean primary key default true check (one),
    mode text not null check (mode in ('live', 'sandbox')),
    since timestamptz not null,
    written_at timestamptz not null
  )`,
];

/** The same on every server first; a server without any of them folds as its locale does. */
const preferred = ['und-x-icu', 'pg_c_utf8', 'C.utf8', 'C.UTF-8', 'en_US.utf8'];

async function unicodeCollation(database: Kysely<unknown>): Promise<string | undefined> {
  const { rows } = await sql<{ name: string }>`
    select collname as name from pg_collation
    where collnamespace = 'pg_catalog'::regnamespace and collname = any(${preferred})
      and collencoding in (-1, pg_char_to_encoding('UTF8'))`.execute(database);
  const present = rows.map(({ name }) => name);
  return preferred.find((name) => present.includes(name));
}

const folding = (collation: string | undefined) => [
  `create function folded(words text) returns text language sql immutable parallel safe
    as $$ select lower(words${collation === undefined ? '' : ` collate "${collation}"`}) $$`,
  `update images set sought = folded(generations.prompt) from generations
    where generations.id = images.generation and images.sought is distinct from folded(generations.prompt)`,
  `create or replace function describe_image() returns trigger language plpgsql as $$
    begin
      select avatar, preset, folded(prompt), origin ->> 'transport' = 'proof'
        into new.avatar, new.preset, new.sought, new.proof
      from generations where id = new.generation;
      new.sought := coalesce(new.sought, '');
      new.proof := coalesce(new.proof, false);
      return new;
    end $$`,
];

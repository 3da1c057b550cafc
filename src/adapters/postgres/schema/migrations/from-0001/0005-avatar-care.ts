import { type Kysely, sql } from 'kysely';

/**
 * Avatars keep the models that a retrain replaced, and stay deleted; pictures of proof sheets are no part of the
 * gallery; a photo knows which upload it came with.
 */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}

const statements = [
  `alter table avatars add column earlier jsonb not null default '[]'`,
  'alter table draft_photos add column upload text',

  `create table deleted_legacy_avatars (
    legacy_id text primary key,
    deleted_at timestamptz not null default now()
  )`,
  // Whoever deletes it and on whatever way: the old system's number alone stays, so that no import brings it back.
  `create function note_deleted_legacy() returns trigger language plpgsql as $$
    begin
      insert into deleted_legacy_avatars (legacy_id) values (old.legacy_id) on conflict do nothing;
      return old;
    end $$`,
  `create trigger note_deleted_legacy after delete on avatars
    for each row when (old.legacy_id is not null) execute function note_deleted_legacy()`,

  'alter table images add column proof boolean not null default false',
  `update images set proof = true from generations
    where generations.id = images.generation and generations.origin ->> 'transport' = 'proof'
      and not images.favourite`,
  `create or replace function describe_image() returns trigger language plpgsql as $$
    begin
      select avatar, preset, lower(prompt), origin ->> 'transport' = 'proof'
        into new.avatar, new.preset, new.sought, new.proof
      from generations where id = new.generation;
      new.sought := coalesce(new.sought, '');
      new.proof := coalesce(new.proof, false);
      return new;
    end $$`,
  'drop index images_shown',
  'create index images_shown on images (owner, created_at, id) where deleted_at is null and not proof',
];

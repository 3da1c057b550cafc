import { type Kysely, sql } from 'kysely';

/**
 * What the gallery filters by stands with each image: ten thousand look-ups of the job behind it take longer than
 * a page may. The job's own columns never change, so a trigger copies them once.
 */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}

const statements = [
  `alter table images
    add column avatar uuid,
    add column preset text,
    add column sought text not null default ''`,
  `update images set avatar = generations.avatar, preset = generations.preset, sought = lower(generations.prompt)
    from generations where generations.id = images.generation`,
  `create function describe_image() returns trigger language plpgsql as $$
    begin
      select avatar, preset, lower(prompt) into new.avatar, new.preset, new.sought
      from generations where id = new.generation;
      new.sought := coalesce(new.sought, '');
      return new;
    end $$`,
  `create trigger describe_image before insert on images
    for each row execute function describe_image()`,
];

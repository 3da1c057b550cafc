import { type Kysely, sql } from 'kysely';

/**
 * Enlarged pictures of older releases belonged to no avatar, and stayed when theirs was deleted with its pictures. The
 * job that made the picture that was enlarged stands in its key. Of an enlarged one enlarged again, one after the other.
 */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `do $$ begin
        loop
          update generations as larger set avatar = source.avatar, companion = source.companion
          from generations as source
          where larger.endpoint = 'fal-ai/clarity-upscaler' and larger.avatar is null
            and source.avatar is not null and source.owner = larger.owner
            and source.id::text = substring(larger."order" ->> 'source' from '^images/([0-9a-f-]{36})');
          exit when not found;
        end loop;
        update images set avatar = generations.avatar
        from generations
        where generations.id = images.generation and images.avatar is null
          and generations.endpoint = 'fal-ai/clarity-upscaler';
      end $$`,
    )
    .execute(database);
}

import type pg from 'pg';
import type { PostgresDatabase } from '../../src/adapters/postgres/postgres-database.js';
import type { GalleryFilter } from '../../src/application/ports/stores/gallery-store.js';
import { avatarId, userId } from '../../src/domain/ids.js';
import { givenGeneration, givenUser } from './builders/given.js';

export const owner = userId('1');
export const avatar = avatarId('20000000-0000-4000-8000-000000000001');

/** Fills a database with 10,000 pictures of one person among as many of others. */
export async function fillGallery({ stores }: PostgresDatabase, pool: pg.Pool): Promise<void> {
  await givenUser(stores, { id: owner });
  const template = await givenGeneration(stores, { status: 'delivered', owner, avatar, preset: 'fast' });
  await pool.query(`insert into users (id, created_at) select 'u' || n, now() from generate_series(1, 10) n`);
  const { rows } = await pool.query<{ names: string }>(
    `select string_agg(quote_ident(attname), ', ') as names from pg_attribute
     where attrelid = 'generations'::regclass and attnum > 0 and attgenerated = '' and not attisdropped`,
  );
  const columns = rows[0]?.names ?? '';
  await pool.query(
    `insert into generations (${columns})
     select ${columns} from (
       select (jsonb_populate_record(generations, jsonb_build_object(
         'id', gen_random_uuid(), 'owner', case when n % 2 = 0 then '1' else 'u' || (n % 10 + 1) end,
         'prompt', 'a knight number ' || n || repeat(' in armor', 20),
         'preset', case when n % 3 = 0 then 'ultra' else 'fast' end))).*
       from generations, generate_series(1, 20000) n where id = $1) as copies`,
    [template.id],
  );
  await pool.query(
    `insert into images (id, generation, owner, position, media_key, thumbnail_key, width, height, content_type,
       bytes, sha256, created_at, favourite)
     select gen_random_uuid(), id, owner, 0, 'k', 't', 1, 1, 'image/jpeg', 1, 'x',
       now() - row_number() over () * interval '1 minute', row_number() over () % 50 = 0
     from generations where id <> $1`,
    [template.id],
  );
  await pool.query('analyze');
}

/** What people look for. */
export const galleryFilters: Record<string, GalleryFilter> = {
  everything: {},
  'one avatar': { avatar },
  'one preset': { preset: 'ultra' },
  favourites: { favourites: true },
  'the last week': { days: 7 },
  'rare words': { words: 'number 12346' },
  'no such words': { words: 'dragon' },
};

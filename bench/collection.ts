import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { shardOf } from '../src/adapters/media/media-key.js';
import { userId } from '../src/domain/ids.js';
import type { Stage } from './stage.js';

/** One person with more pictures than anybody needs, who looks at them, takes them along and leaves. */
export const collector = userId('777');
const pictures = 9_800;
const filesAtOnce = 32;
const twoDays = 2 * 86_400_000;

/** Made of a job that one of the stage's people has had delivered: like any other. */
export async function giveCollection({ pool, folder }: Pick<Stage, 'pool' | 'folder'>): Promise<void> {
  await pool.query(`insert into users (id, created_at) values ($1, now())`, [collector]);
  await pool.query(
    `insert into generations select copy.* from generations as job, generate_series(1, $2::int) as n,
       jsonb_populate_record(job, jsonb_build_object('id', gen_random_uuid(), 'owner', $1::text, 'request_key', null,
         'price', 0, 'created_at', now() - n * interval '10 min')) as copy
       where job.id = (select id from generations where owner = '1' and status = 'delivered' limit 1)`,
    [collector, pictures],
  );
  const { rows } = await pool.query<{ media_key: string; thumbnail_key: string }>(
    `insert into images (id, generation, owner, position, media_key, thumbnail_key, width, height, content_type, bytes,
         sha256, created_at)
       select gen_random_uuid(), id, owner, 0, 'images/' || id || '/0.jpg', 'images/' || id || '/0.thumbnail.jpg', 1, 1,
         'image/jpeg', 1, 'x', created_at from generations where owner = $1
       returning media_key, thumbnail_key`,
    [collector],
  );
  await pool.query(
    `insert into sent_files (source, image, form, handle) select 'bot', id, 'photo', 'handle' from images where owner = $1`,
    [collector],
  );
  await pool.query('analyze');
  const keys = rows.flatMap(({ media_key, thumbnail_key }) => [media_key, thumbnail_key]);
  const written = new Date(Date.now() - twoDays);
  for (let next = 0; next < keys.length; next += filesAtOnce)
    await Promise.all(
      keys.slice(next, next + filesAtOnce).map(async (key) => {
        const path = join(folder, 'media', shardOf(key), key);
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, 'x');
        await utimes(path, written, written);
      }),
    );
}

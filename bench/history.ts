import type pg from 'pg';

/**
 * What an installation holds that has made so many pictures in a year: a generation, an image and three entries of the
 * ledger each, ten pictures a person, and what of everything else has not had its end yet. The books add up. Written
 * past triggers and foreign keys, whose looks at each row would take most of the time; ordinary rows in all else.
 */
export async function fillHistory(pool: pg.Pool, pictures: number): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query(`set session_replication_role = replica; set synchronous_commit = off;
      set maintenance_work_mem = '512MB'; set work_mem = '128MB'`);
    const indexes = await dropIndexes(client);
    for (const statement of history(pictures)) await client.query(statement);
    for (const index of indexes) await client.query(index);
    await client.query('vacuum analyze');
    // Or the disk would still be at it while the figures are taken.
    await client.query('checkpoint');
  } finally {
    // With its settings.
    client.release(true);
  }
}

/** They are made again when the rows are there: in a third of the time. Returns the statements that do so. */
async function dropIndexes(client: pg.PoolClient): Promise<string[]> {
  const { rows } = await client.query<{ drop: string; create: string }>(
    `with filled (id) as (select unnest(array['generations', 'images', 'ledger_entries', 'receipts']::regclass[]))
     select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop,
       format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as create
     from pg_constraint where conrelid in (select id from filled) and contype = 'u'
     union all
     select format('drop index %s', indexrelid::regclass), pg_get_indexdef(indexrelid)
     from pg_index where indrelid in (select id from filled)
       and not exists (select from pg_constraint where conindid = indexrelid)`,
  );
  for (const { drop } of rows) await client.query(drop);
  return rows.map(({ create }) => create);
}

const id = (kind: string, number = 'n') => `md5('${kind}' || ${number})::uuid`;
/** The n-th of so many over a time that ends now. */
const spread = (count: number, days: number) =>
  `now() - interval '1 hour' - (${count} - n) * interval '${days} days' / ${count}`;

function history(pictures: number): string[] {
  const people = Math.ceil(pictures / 10);
  const some = Math.ceil(pictures / 10);
  const all = (count: number) => `from generate_series(1, ${count}) as n`;
  const owner = `'p' || (n % ${people})`;
  return [
    `insert into users (id, created_at) select ${owner}, ${spread(people, 365)} ${all(people)}`,
    `insert into avatars (id, owner, name, type, status, model, trigger, is_main, created_at)
      select ${id('avatar')}, ${owner}, 'avatar ' || n, 'portrait', 'ready',
        jsonb_build_object('kind', 'lora', 'url', 'https://v3.fal.media/files/' || n, 'keptAs',
          'weights/' || ${id('training')} || '.safetensors'), 'TOK', true, ${spread(people, 365)} ${all(people)}`,
    `insert into trainings (id, owner, avatar, speed, "order", price, courtesy, origin, created_at, submits, doubts, status,
        ticket, submitting_at, submitted_at, weights, ready_at, announced_at, check_after, proof)
      select ${id('training')}, ${owner}, ${id('avatar')}, 'fast', '{"trigger": "TOK", "photos": []}', 0, true,
        '{"transport": "telegram", "address": {}}', at, 1, 0, 'ready', 'training ' || n, at, at,
        jsonb_build_object('url', 'https://v3.fal.media/files/' || n, 'keptAs', 'weights/' || ${id('training')} || '.safetensors'),
        at, at, at, '{"status": "none"}'
      from (select n, ${spread(people, 365)} as at ${all(people)}) as numbered`,
    `insert into avatar_drafts (avatar, owner, origin, memo, created_at, touched_at)
      select ${id('avatar')}, ${owner}, '{"transport": "telegram", "address": {}}', '{}', at, at
      from (select n, ${spread(people, 365)} as at ${all(people)}) as numbered`,
    // Those of the last month; older ones are deleted.
    `insert into draft_photos (id, avatar, owner, slot, status, warnings, media_key, thumbnail_key, width, height, bytes,
        source_sha256, fingerprint, created_at)
      select ${id('photo', "n || '-' || slot")}, ${id('avatar')}, ${owner}, slot, 'kept', '{}', 'photos/' || n, 'photos/' || n,
        1024, 1024, 200000, md5('5' || n), '0123456789abcdef', ${spread(people, 365)}
      ${all(people)}, generate_series(1, 15) as slot where n > ${people} * 11 / 12`,
    `insert into generations (id, owner, avatar, preset, prompt, overrides, endpoint, "order", price, origin, created_at,
        request_key, submits, doubts, run, rerolls, status, ticket, submitted_at, collected_at, image_count, flagged,
        seed, delivered_at, ended_at, announced_at, failure, turn, check_after)
      select ${id('generation')}, ${owner}, ${id('avatar', `(n % ${people})`)},
        (array['fast', 'balanced', 'ultra'])[1 + n % 3], 'a knight number ' || n || repeat(' in armor', 10), '{}',
        'fal-ai/flux-lora', jsonb_build_object('endpoint', 'fal-ai/flux-lora', 'count', 1, 'prompt', 'a knight number ' || n),
        5, jsonb_build_object('transport', 'telegram', 'address', jsonb_build_object('chat', n % ${people}, 'message', n)),
        at, 'message:' || n, 1, 0, 0, 0, case when failed then 'failed' else 'delivered' end, 'fal-ai/flux-lora ' || ${id('request')},
        at, case when not failed then at end, case when not failed then 1 end, case when not failed then 0 end,
        case when not failed then n end, case when not failed then at end, case when failed then at end,
        case when failed then at end, case when failed then '{"kind": "timeout", "detail": "no end"}'::jsonb end,
        n / ${people}, at + interval '1 minute'
      from (select n, n % 50 = 0 as failed, ${spread(pictures, 365)} as at ${all(pictures)}) as numbered`,
    `insert into images (id, generation, owner, position, media_key, thumbnail_key, width, height, content_type, bytes,
        sha256, created_at, avatar, preset, sought)
      select ${id('image')}, ${id('generation')}, ${owner}, 0, 'images/' || ${id('generation')} || '/0.jpg',
        'images/' || ${id('generation')} || '/0.thumbnail.jpg', 1024, 1024, 'image/jpeg', 200000, md5('1' || n) || md5('2' || n),
        ${spread(pictures, 365)}, ${id('avatar', `(n % ${people})`)}, (array['fast', 'balanced', 'ultra'])[1 + n % 3],
        'a knight number ' || n || repeat(' in armor', 10) ${all(pictures)}`,
    `insert into ledger_entries (user_id, kind, amount, reason, at)
      select ${owner}, 'grant', 1000, 'grant:welcome:' || n, ${spread(people, 365)} ${all(people)}`,
    `insert into ledger_entries (user_id, kind, amount, reason, at)
      select ${owner}, kind, amount, kind || ':generation:' || ${id('generation')}, ${spread(pictures, 365)}
      ${all(pictures)}, (values (1, 'hold', -5), (2, 'release', 5), (3, 'capture', -5)) as entry (place, kind, amount)
      where kind <> 'capture' or n % 50 <> 0 order by n, place`,
    `insert into accounts (user_id, balance) select user_id, sum(amount) from ledger_entries where user_id like 'p%' group by user_id`,
    `insert into sent_files (source, image, form, handle)
      select 'bot', ${id('image')}, 'photo', 'AgACAgIAAx' || md5('3' || n) ${all(pictures)}`,
    `insert into receipts (request_id, reference, ticket, outcome, received_at)
      select ${id('receipt')}, 'generation:' || ${id('generation')} || ':1', 'fal-ai/flux-lora ' || ${id('request')},
        jsonb_build_object('kind', 'done', 'seed', n::text, 'images', jsonb_build_array('https://v3.fal.media/files/' || n)),
        ${spread(some, 6)} ${all(some)}`,
    `insert into seen_updates (source, update_id, received_at, claimed_at, done, person)
      select 'bot', n, ${spread(some, 2)}, now(), true, ${owner} ${all(some)}`,
    `insert into wishes (id, owner, prompt, choices, overrides, origin, created_at)
      select ${id('form')}, ${owner}, 'a knight', '{}', '{}', '{}', ${spread(some, 170)} ${all(some)}`,
    `insert into gallery_views (id, owner, filter, created_at)
      select ${id('view')}, ${owner}, '{}', ${spread(some, 170)} ${all(some)}`,
  ];
}

import { createHash } from 'node:crypto';
import { createFalClient } from '@fal-ai/client';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import pg from 'pg';

/**
 * The least that an order over HTTP can be: a bare route, the key looked up, and one statement that takes the credits
 * and writes the job once for each `Idempotency-Key`. `/naive` is what most services do: it answers with the picture.
 * It has no judgement of words, presets or avatars, no limits, and answers nothing else.
 */
const schema = `
  create table keys (shown text primary key, person bigint not null, digest text not null);
  create table accounts (person bigint primary key, balance int not null check (balance >= 0));
  create table entries (reason text primary key, person bigint not null, amount int not null);
  create table jobs (id uuid primary key default gen_random_uuid(), person bigint not null, name text not null,
    prompt text not null, status text not null default 'accepted', unique (person, name));
  insert into accounts select person, 1000000 from generate_series(1, 1000) as person;
  insert into keys select 'shown' || person, person, encode(sha256(('secret' || person)::bytea), 'hex')
    from generate_series(1, 1000) as person`;
const accept = `with account as (update accounts set balance = balance - 5 where person = $1 and balance >= 5
    and not exists (select from jobs where person = $1 and name = $2) returning person),
  job as (insert into jobs (person, name, prompt) select person, $2, $3 from account returning id),
  entry as (insert into entries select 'hold:' || id, $1, -5 from job)
  select id from job union all select id from jobs where person = $1 and name = $2`;
const setting = (name: string): string => process.env[name] ?? '';
const pool = new pg.Pool({ connectionString: setting('DATABASE_URL'), max: 8 });
await pool.query(schema);

const fal = createFalClient({
  credentials: setting('FAL_KEY'),
  fetch: (url, init) =>
    fetch(String(url).replace('https://queue.fal.run', setting('FAL_QUEUE_URL')), init as RequestInit),
});

const app = new Hono();
app.post('/v1/generations', async (context) => {
  const [, shown, secret = ''] =
    /^Bearer (\w+)\.(\w+)$/.exec(context.req.header('authorization') ?? '') ?? [];
  const found = await pool.query({
    name: 'key',
    text: 'select person, digest from keys where shown = $1',
    values: [shown],
  });
  const [key] = found.rows;
  if (key?.digest !== createHash('sha256').update(secret).digest('hex')) return context.body(null, 401);
  const { prompt } = await context.req.json();
  const values = [key.person, context.req.header('idempotency-key'), prompt];
  const { rows } = await pool.query({ name: 'accept', text: accept, values });
  return context.json({ id: rows[0]?.id, status: 'queued', credits: 5 }, 202);
});
app.post('/naive', async (context) => {
  const { prompt } = await context.req.json();
  const loras = [{ path: 'https://v3.fal.media/files/floor.safetensors' }];
  const { data } = await fal.subscribe('fal-ai/flux-lora', { input: { prompt: `TOK ${prompt}`, loras } });
  return context.json(data, 202);
});
serve({ fetch: app.fetch, port: Number(setting('HTTP_PORT')), hostname: '127.0.0.1' }, () =>
  console.log('ready'),
);

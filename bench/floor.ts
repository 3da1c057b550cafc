import { createHash, createHmac, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { createFalClient } from '@fal-ai/client';
import { autoRetry } from '@grammyjs/auto-retry';
import { Bot, InputFile } from 'grammy';
import pg from 'pg';
import sharp from 'sharp';

/**
 * The least that a picture costs which must not be lost nor paid for twice: five steps, each committed by one
 * statement, found again by their status after a kill. `npm run bench cost` measures it beside the program.
 */
const schema = `
  create table if not exists accounts (person bigint primary key, balance int not null check (balance >= 0));
  create table if not exists entries (reason text primary key, person bigint not null, amount int not null);
  create table if not exists jobs (id uuid primary key default gen_random_uuid(), person bigint not null,
    message int not null, prompt text not null, status text not null default 'accepted', ticket text,
    progress int, images jsonb, sha256 text, bytes int, width int, height int, file_id text, unique (person, message));
  create index if not exists open_jobs on jobs (id) where status not in ('delivered', 'failed')`;
const statements = {
  accepted: `with account as (update accounts set balance = balance - 5 where person = $1 and balance >= 5
      and not exists (select from jobs where person = $1 and message = $2) returning person),
    job as (insert into jobs (person, message, prompt) select person, $2, $3 from account returning *),
    entry as (insert into entries select 'hold:' || id, person, -5 from job) select * from job`,
  // News of the end may have overtaken the ticket.
  bought: `update jobs set status = replace(status, 'accepted', 'bought'), ticket = $2, progress = $3 where id = $1`,
  ended: `update jobs set status = 'ended', images = $2 where id = $1 and status in ('accepted', 'bought') returning *`,
  collected: `with job as (update jobs set status = 'collected', sha256 = $2, bytes = $3, width = $4, height = $5
      where id = $1 and status = 'ended' returning *),
    entry as (insert into entries select 'capture:' || id, person, 0 from job) select * from job`,
  delivered: `update jobs set status = 'delivered', file_id = $2 where id = $1 and status = 'collected' returning *`,
  failed: `with job as (update jobs set status = 'failed' where id = $1 and status in ('accepted', 'bought') returning *),
    entry as (insert into entries select 'release:' || id, person, 5 from job),
    account as (update accounts set balance = balance + 5 from job where accounts.person = job.person) select * from job`,
  open: `select * from jobs where status not in ('delivered', 'failed') and id = coalesce($1, id)`,
};
type Row = Record<'id' | 'person' | 'prompt' | 'ticket', string> & Record<'message' | 'progress', number>;
type Job = Row & { status: keyof typeof steps; images: Array<{ url: string }> };
type Result = { images?: unknown[]; has_nsfw_concepts?: unknown[] };
const setting = (name: string): string => process.env[name] ?? '';
const folder = setting('DATA_DIR');
const endpoint = 'fal-ai/flux-lora';
const pool = new pg.Pool({ connectionString: setting('DATABASE_URL'), max: 8 });
const run = async (name: keyof typeof statements, ...values: unknown[]): Promise<Job[]> =>
  (await pool.query<Job>({ name, text: statements[name], values })).rows;
const bot = new Bot(setting('TELEGRAM_BOT_TOKEN'), { client: { apiRoot: setting('TELEGRAM_API_URL') } });
bot.api.config.use(autoRetry());
/** The client repeats no error that it does not know: its own retries could buy twice. */
const fetchOnce: typeof fetch = async (url, init) => {
  const there = String(url).replace('https://queue.fal.run', setting('FAL_QUEUE_URL'));
  const response = await fetch(there, init).catch((error) => Promise.reject(new Error(String(error))));
  return response.ok ? response : Promise.reject(new Error('fal refused', { cause: response.status }));
};
const fal = createFalClient({ credentials: setting('FAL_KEY'), fetch: fetchOnce });

const steps = { accepted: buy, bought: ask, ended: collect, collected: deliver };
/** Goes on from where the row says that a job stands, and a minute after an error from where it stands then. */
async function goOn(job: Job | undefined): Promise<void> {
  try {
    if (job !== undefined) await steps[job.status](job);
  } catch (error) {
    if (job?.status === 'accepted' && error instanceof Error && error.cause === 422) return end(job.id, {});
    console.error(error);
    setTimeout(async () => goOn((await run('open', job?.id))[0]), 60_000);
  }
}

async function buy(job: Job): Promise<void> {
  const loras = [{ path: 'https://v3.fal.media/files/floor.safetensors' }];
  const input = { prompt: `TOK ${job.prompt}`, loras, image_size: 'square_hd' as const };
  const webhookUrl = `${setting('PUBLIC_URL')}/${job.id}/${tokenOf(job.id)}`;
  const said = inLane(job, () => bot.api.sendMessage(job.person, 'Being made…', answering(job)));
  const bought = fal.queue.submit(endpoint, { input, webhookUrl, abortSignal: AbortSignal.timeout(30_000) });
  const [{ request_id }, progress] = await Promise.all([bought, said.catch(() => null)]);
  await run('bought', job.id, request_id, progress?.message_id);
}

/** After a kill: the webhook may have come to nobody. */
async function ask({ id, ticket: requestId }: Job): Promise<void> {
  const { status } = await fal.queue.status(endpoint, { requestId });
  if (status === 'COMPLETED') await end(id, (await fal.queue.result(endpoint, { requestId })).data);
}

/** Returns as soon as the row knows. Pictures that are not surely safe are not handed out. */
async function end(id: string, { images, has_nsfw_concepts: flags }: Result): Promise<void> {
  const isWell = images?.length === 1 && flags?.[0] === false;
  const [job] = await (isWell ? run('ended', id, JSON.stringify(images)) : run('failed', id));
  if (isWell || job === undefined) void goOn(job);
  else await bot.api.sendMessage(job.person, 'It failed and cost nothing.', answering(job));
}

/** A row names its files only once they are on the disk, so they need no other name before. */
async function collect({ id, images }: Job): Promise<void> {
  const bytes = Buffer.from(await (await fetchOnce(images[0]?.url ?? '')).arrayBuffer());
  const image = sharp(bytes);
  const { width, height } = await image.metadata();
  const small = image.autoOrient().resize(320, 320, { fit: 'inside', withoutEnlargement: true });
  const thumbnail = small.flatten({ background: 'white' }).jpeg({ quality: 80 }).toBuffer();
  const save = async (name: string, content: Buffer | Promise<Buffer>) =>
    writeFile(`${folder}/${id}${name}`, await content, { flush: true });
  await Promise.all([save('.jpg', bytes), save('.small.jpg', thumbnail)]);
  const hash = createHash('sha256').update(bytes).digest('hex');
  await goOn((await run('collected', id, hash, bytes.length, width, height))[0]);
}

async function deliver(job: Job): Promise<void> {
  const file = new InputFile(await readFile(`${folder}/${job.id}.jpg`), 'picture.jpg');
  const extra = { caption: job.prompt, ...answering(job) };
  const { photo } = await inLane(job, () => bot.api.sendPhoto(job.person, file, extra));
  const [delivered] = await run('delivered', job.id, photo.at(-1)?.file_id);
  if (delivered?.progress) await bot.api.deleteMessage(job.person, delivered.progress);
}
/** A chat gets its messages one after the other, and waits for no other chat. */
const lanes = new Map<string, Promise<unknown>>();
function inLane<Sent>({ person }: Job, send: () => Promise<Sent>): Promise<Sent> {
  const turn = (lanes.get(person) ?? Promise.resolve()).then(send, send);
  lanes.set(person, turn);
  return turn;
}
const answering = ({ message }: Job) => ({ reply_parameters: { message_id: message } });
let keys: KeyObject[] = [];
async function isSigned({ headers }: IncomingMessage, body: Buffer): Promise<boolean> {
  const names = ['request-id', 'user-id', 'timestamp', 'signature'];
  const [request, user, time, signature] = names.map((name) => String(headers[`x-fal-webhook-${name}`]));
  if (!(Math.abs(Date.now() / 1000 - Number(time)) <= 300)) return false;
  const said = [request, user, time, createHash('sha256').update(body).digest('hex')].join('\n');
  const fits = (key: KeyObject) => verify(null, Buffer.from(said), key, Buffer.from(`${signature}`, 'hex'));
  if (keys.some(fits)) return true;
  const jwks = await fetchOnce(`${setting('FAL_REST_URL')}/.well-known/jwks.json`);
  const { keys: fresh } = (await jwks.json()) as { keys: Array<Record<string, string>> };
  keys = fresh.map((key) => createPublicKey({ key, format: 'jwk' }));
  return keys.some(fits);
}
const tokenOf = (id: string) => createHmac('sha256', setting('FAL_KEY')).update(id).digest('hex');
await pool.query(schema);
for (const job of await run('open', null)) void goOn(job);
createServer(async (request, response) => {
  const [, id = '', token] = (request.url ?? '').split('/');
  const body = await buffer(request);
  const isOurs = token === tokenOf(id) && (await isSigned(request, body));
  if (isOurs) await end(id, JSON.parse(body.toString()).payload);
  response.writeHead(isOurs ? 200 : 401).end();
}).listen(Number(setting('HTTP_PORT')), '127.0.0.1');
// The next updates are asked for once this one is kept; the rest goes on beside them.
bot.on('message:text', async ({ chat, message }) => {
  void goOn((await run('accepted', chat.id, message.message_id, message.text))[0]);
});
await bot.start({ onStart: () => console.log('ready') });

import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type HookReceiver, openHttpReceiver } from '../support/hook-receiver.js';
import { photograph } from '../support/photographs.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { aisha, type Service, startService } from '../support/spawned.js';

let folder: string;
let database: TestDatabase;
let program: Service;
let told: HookReceiver;
let key: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aisha-over-http-'));
  database = await createTestDatabase();
  told = await openHttpReceiver();
  const settings = { DATA_DIR: join(folder, 'data'), DATABASE_URL: database.connectionString };
  program = await startService(settings, folder);
  const words = ['api-key', 'create', '--user', '1', '--name', 'mine', '--json'];
  const made = await aisha([...words, '--scopes', 'generate,read,avatars'], settings, folder);
  expect(made.code, made.stderr).toBe(0);
  ({ key } = JSON.parse(made.stdout) as { key: string });
});
afterAll(async () => {
  await program.stop();
  await told.close();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

const send = (method: string, path: string, more: RequestInit & { headers?: Record<string, string> } = {}) =>
  fetch(`http://127.0.0.1:${program.port()}/v1/${path}`, {
    method,
    ...more,
    headers: { authorization: `Bearer ${key}`, ...more.headers },
  });

/** What is answered with this status, in JSON. */
async function ask<Answer>(
  status: number,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const json = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await send(method, path, {
    ...json,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
  });
  const text = await response.text();
  expect(response.status, text).toBe(status);
  return JSON.parse(text) as Answer;
}

/** What the program at the other end was told, by its name. */
const events = () =>
  told.received.map(({ body }) => JSON.parse(body) as { type: string; data: { id: string; status: string } });
const toldOf = (id: string) => events().filter(({ data }) => data.id === id);

test('a program makes an avatar of photos, hears that it is ready, and has pictures of it', async () => {
  await ask(201, 'POST', 'webhooks', { url: `http://localhost:${told.port}/aisha` });
  const before = await ask<{ balance: number }>(200, 'GET', 'account');
  const draft = await ask<{ id: string; status: string }>(201, 'POST', 'avatars', {
    type: 'portrait',
    name: 'Mira',
  });
  expect(draft).toMatchObject({ status: 'draft', name: 'Mira', photos: { kept: 0, warned: 0 } });

  const form = new FormData();
  for (let seed = 1; seed <= 10; seed += 1)
    form.append('photos', new Blob([new Uint8Array(await photograph(900, 1200, { seed }))]), `${seed}.jpg`);
  form.append('photos', new Blob(['no photo']), 'notes.txt');
  const sent = await send('PUT', `avatars/${draft.id}/photos`, { body: form });
  expect(await sent.json()).toMatchObject({
    ...{ kept: 10, warned: 0, enough: true },
    files: [
      ...Array.from({ length: 10 }, (_, index) => ({ name: `${index + 1}.jpg`, status: 'kept' })),
      { name: 'notes.txt', status: 'refused' },
    ],
  });

  const order = { subject: 'self', adults: true };
  const once = { 'idempotency-key': 'train-mira-1' };
  const path = `avatars/${draft.id}/train`;
  const training = await ask<{ id: string; credits: number }>(202, 'POST', path, order, once);
  expect(await ask(202, 'POST', path, order, once)).toEqual(training);

  await expect.poll(() => toldOf(training.id), { timeout: 120_000 }).toHaveLength(1);
  expect(toldOf(training.id)).toMatchObject([{ type: 'training.ready', data: { status: 'ready' } }]);
  expect(await ask(200, 'GET', `avatars/${draft.id}`)).toMatchObject({
    ...{ status: 'ready', kind: 'lora', training: { id: training.id, status: 'ready' } },
  });
  expect(await ask(200, 'GET', 'account')).toMatchObject({ balance: before.balance - training.credits });

  const proof = () =>
    ask<{ status: string; pictures: { image: string | null }[] }>(200, 'GET', `avatars/${draft.id}/proof`);
  await expect.poll(async () => (await proof()).status, { timeout: 120_000 }).toBe('composed');
  const [first] = (await proof()).pictures;
  expect((await send('GET', `images/${first?.image}`)).headers.get('content-type')).toBe('image/jpeg');

  await ask(200, 'PATCH', `avatars/${draft.id}`, { name: 'Mira at work', main: true, strength: 1.1 });
  const { id } = await ask<{ id: string }>(
    ...([202, 'POST', 'generations', { prompt: 'at the sea' }] as const),
    { 'idempotency-key': 'picture-of-mira' },
  );
  const done = await ask<{ images: [{ id: string }] }>(200, 'GET', `generations/${id}?wait=30`);
  expect(done).toMatchObject({ status: 'done', avatar: draft.id, images: [{}] });
  const image = await send('GET', `images/${done.images[0].id}`);
  const digest = createHash('sha256').update(Buffer.from(await image.arrayBuffer()));
  expect(image.headers.get('etag')).toBe(`"${digest.digest('hex')}"`);
  await expect.poll(() => toldOf(id)).toHaveLength(1);

  expect((await send('DELETE', `avatars/${draft.id}?images=true`)).status).toBe(204);
  await ask(404, 'GET', `avatars/${draft.id}`);
  await ask(404, 'GET', `images/${done.images[0].id}`);
});

import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFalWebhookAddress } from '../../../../src/adapters/fal/webhooks/fal-webhook-address.js';
import { FalWebhooks } from '../../../../src/adapters/fal/webhooks/fal-webhooks.js';
import { json, type LoopbackServer, loopbackServer } from '../loopback-server.js';

const endpoint = 'fal-ai/flux-pro/finetuned';
const addressOf = createFalWebhookAddress('https://bot.example/', 'fal-key');
const queryOf = (url: string) => new URL(url).searchParams;
const address = queryOf(addressOf('generation:1', endpoint));

const result = { images: [{ url: 'https://fal.media/a' }], seed: 7, has_nsfw_concepts: [false] };
const ok = { request_id: 'r-1', gateway_request_id: 'g-1', status: 'OK', payload: result };

const newKey = () => generateKeyPairSync('ed25519');
const jwk = (key: KeyObject) => ({ ...key.export({ format: 'jwk' }), use: 'sig' });

let now: number;
let own: ReturnType<typeof newKey>;
let published: unknown[];
let jwksStatus: number;
let server: LoopbackServer;
let webhooks: FalWebhooks;
/** How many bodies were read. */
let read: number;

beforeEach(async () => {
  now = 1_700_000_000_000;
  read = 0;
  own = newKey();
  published = [jwk(own.publicKey)];
  jwksStatus = 200;
  server = await loopbackServer((_, response) => json(response, jwksStatus, { keys: published }));
  webhooks = new FalWebhooks({
    apiKey: 'fal-key',
    restUrl: server.url,
    clock: { now: () => new Date(now), ticks: () => performance.now() / 1000 },
  });
});
afterEach(() => server.close());

type Tamper = (request: { headers: Record<string, string>; body: string }) => void;

interface Sent {
  readonly body?: unknown;
  readonly query?: URLSearchParams;
  readonly key?: KeyObject;
  /** Seconds by which fal's clock is behind ours. */
  readonly age?: number;
  /** What happens to it on the way. */
  readonly tamper?: Tamper;
}

/** A webhook as fal sends it, unless it says otherwise. */
function send({ body = ok, query = address, key = own.privateKey, age = 0, tamper }: Sent = {}) {
  const request = { headers: {} as Record<string, string>, body: JSON.stringify(body) };
  const timestamp = String(now / 1000 - age);
  const digest = createHash('sha256').update(request.body).digest('hex');
  const signature = sign(null, Buffer.from(`r-1\nuser-1\n${timestamp}\n${digest}`), key).toString('hex');
  request.headers = {
    'x-fal-webhook-request-id': 'r-1',
    'x-fal-webhook-user-id': 'user-1',
    'x-fal-webhook-timestamp': timestamp,
    'x-fal-webhook-signature': signature,
  };
  tamper?.(request);
  return webhooks.verify({
    query,
    header: (name) => request.headers[name],
    body: async () => {
      read += 1;
      return Buffer.from(request.body);
    },
  });
}

const refused = (reason: string) => ({ accepted: false, reason });

describe('the address of a webhook', () => {
  it('is below the public URL and names the job', () => {
    const url = new URL(addressOf('generation:1', endpoint));
    expect(url.origin + url.pathname).toBe('https://bot.example/webhooks/fal');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      for: 'generation:1',
      endpoint,
      token: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(url.href).not.toContain('fal-key');
  });
});

describe('a genuine webhook', () => {
  it('is accepted with what it says', async () => {
    expect(await send()).toEqual({
      accepted: true,
      event: {
        reference: 'generation:1',
        requestId: 'r-1',
        ticket: `${endpoint}/requests/r-1`,
        outcome: { kind: 'done', images: [{ url: 'https://fal.media/a', flagged: false }], seed: 7n },
      },
    });
    expect(server.requests.map(({ path }) => path)).toEqual(['/.well-known/jwks.json']);
  });

  it('is accepted again when it comes again, without asking for the keys again', async () => {
    await send();
    expect(await send()).toMatchObject({ accepted: true });
    expect(server.requests).toHaveLength(1);
  });

  it.each([-300, 300])('is accepted when fal is %i s behind', async (age) => {
    expect(await send({ age })).toMatchObject({ accepted: true });
  });

  const item = (type: string) => ({ loc: ['body'], msg: 'x', type });
  it.each<[string, object, unknown]>([
    [
      'a model error',
      {
        status: 'ERROR',
        error: 'Invalid status code: 422',
        payload: { detail: [item('content_policy_violation')] },
      },
      { kind: 'failed', failure: { kind: 'content_policy', detail: expect.any(String) } },
    ],
    [
      'an error of the platform',
      { status: 'ERROR', error: 'x', payload: { detail: 'x', error_type: 'request_timeout' } },
      { kind: 'failed', failure: { kind: 'timeout', detail: expect.any(String) } },
    ],
    [
      'an error without a type, which must be asked about',
      { status: 'ERROR', error: 'x', payload: null },
      null,
    ],
    ['a result that could not be sent', { status: 'OK', payload: null, payload_error: 'too large' }, null],
    ['a result of some other shape', { status: 'OK', payload: { diffusers_lora_file: {} } }, null],
  ])('tells of %s', async (_, content, outcome) => {
    const verdict = await send({ body: { request_id: 'r-1', ...content } });
    expect(verdict).toMatchObject({ accepted: true });
    expect(verdict.accepted && verdict.event.outcome).toEqual(outcome);
  });
});

describe('a webhook that is refused', () => {
  it.each(['request-id', 'user-id', 'timestamp', 'signature'])('has no %s', async (name) => {
    const tamper: Tamper = ({ headers }) => delete headers[`x-fal-webhook-${name}`];
    expect(await send({ tamper })).toEqual(refused('unsigned'));
    expect(read).toBe(0);
  });

  it.each([
    ['request id', { 'x-fal-webhook-request-id': 'r-2' }],
    ['user id', { 'x-fal-webhook-user-id': 'user-2' }],
    ['timestamp', { 'x-fal-webhook-timestamp': '1699999999' }],
    ['signature', { 'x-fal-webhook-signature': '00'.repeat(64) }],
    ['signature, to nothing', { 'x-fal-webhook-signature': '' }],
    ['signature, to no hex', { 'x-fal-webhook-signature': 'zz' }],
  ])('had its %s changed', async (_, changed) => {
    expect(await send({ tamper: ({ headers }) => Object.assign(headers, changed) })).toEqual(
      refused('forged'),
    );
  });

  it.each([
    ['an address', (body: string) => body.replace('fal.media/a', 'fal.media/b')],
    ['a space', (body: string) => `${body} `],
  ])('had its body changed by %s', async (_, change) => {
    const tamper: Tamper = (request) => {
      request.body = change(request.body);
    };
    expect(await send({ tamper })).toEqual(refused('forged'));
  });

  it('is signed by somebody else', async () => {
    expect(await send({ key: newKey().privateKey })).toEqual(refused('forged'));
  });

  it.each([-301, 301, Number.NaN])('is %d s off', async (age) => {
    expect(await send({ age })).toEqual(refused('stale'));
    expect(read).toBe(0);
  });

  it.each<[string, URLSearchParams]>([
    ['without a token', new URLSearchParams({ for: 'generation:1', endpoint })],
    ['with a made-up token', new URLSearchParams({ for: 'generation:1', endpoint, token: '0'.repeat(64) })],
    ['for another job', new URLSearchParams({ ...Object.fromEntries(address), for: 'generation:2' })],
    ['for another endpoint', new URLSearchParams({ ...Object.fromEntries(address), endpoint: 'fal-ai/x' })],
    [
      'with the token of another installation',
      queryOf(createFalWebhookAddress('https://bot.example', 'other-key')('generation:1', endpoint)),
    ],
    ['with nothing', new URLSearchParams()],
  ])('is signed by fal, but its address is not ours: %s', async (_, query) => {
    expect(await send({ query })).toEqual(refused('foreign'));
    expect([server.requests.length, read]).toEqual([0, 0]);
  });

  it.each([null, [], 'x', {}, { ...ok, request_id: '../x' }, { ...ok, status: 'FAILED' }])(
    'is signed by fal, but says %j',
    async (body) => {
      expect(await send({ body })).toEqual(refused('malformed'));
    },
  );
});

describe("fal's keys", () => {
  const minute = 60_000;

  it('may be several, some of them of other kinds', async () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey;
    published = [jwk(rsa), jwk(newKey().publicKey), jwk(own.publicKey)];
    expect(await send()).toMatchObject({ accepted: true });
  });

  it('are fetched again when none fits', async () => {
    await send();
    const next = newKey();
    published = [jwk(next.publicKey)];
    now += minute;
    expect(await send({ key: next.privateKey })).toMatchObject({ accepted: true });
    expect(server.requests).toHaveLength(2);
  });

  it('are fetched once a minute at most, however many forgeries come', async () => {
    await send();
    const forged = () => send({ key: newKey().privateKey });
    for (let time = 0; time < 5; time++) expect(await forged()).toEqual(refused('forged'));
    expect(server.requests).toHaveLength(1);
    now += minute;
    await Promise.all([forged(), forged(), forged()]);
    expect(server.requests).toHaveLength(2);
    jwksStatus = 503;
    now += minute;
    await expect(forged()).rejects.toThrow('503');
    for (let time = 0; time < 5; time++) expect(await forged()).toEqual(refused('forged'));
    expect(server.requests).toHaveLength(3);
  });

  it('are kept for a day at most', async () => {
    await send();
    now += 24 * 60 * minute;
    expect(await send()).toMatchObject({ accepted: true });
    expect(server.requests).toHaveLength(1);
    published = [jwk(newKey().publicKey)];
    now += 1_000;
    expect(await send()).toEqual(refused('forged'));
    expect(server.requests).toHaveLength(2);
  });

  it('out of reach: nothing is judged, and the next webhook asks again', async () => {
    jwksStatus = 503;
    await expect(send()).rejects.toThrow('503');
    published = [];
    jwksStatus = 200;
    await expect(send()).rejects.toThrow('none');
    published = [jwk(own.publicKey)];
    expect(await send()).toMatchObject({ accepted: true });
  });

  it('are fetched once for all who wait', async () => {
    await Promise.all([send(), send(), send()]);
    expect(server.requests).toHaveLength(1);
  });
});

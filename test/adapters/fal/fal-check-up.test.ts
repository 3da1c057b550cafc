import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { checkFal } from '../../../src/adapters/fal/fal-check-up.js';
import { startLocalFal } from '../../../src/sandbox/fal/local-fal.js';
import { FakeClock } from '../../fakes/fake-clock.js';
import { type Answer, deadAddress, json, type LoopbackServer, loopbackServer } from './loopback-server.js';

let server: LoopbackServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

const check = (url: string) => checkFal({ apiKey: 'key', queueUrl: url, restUrl: url }, new FakeClock());

/** What is found of the queue when it answers so. */
async function queueFinding(answer: Answer) {
  server = await loopbackServer(answer);
  const [queue] = await check(server.url);
  return queue;
}

describe('whether fal is reachable', () => {
  it('is seen from what fal itself answers: to a question, for its keys, and to a file of one byte', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'fal-check-'));
    const fal = await startLocalFal({ folder });
    const { queueUrl, restUrl } = fal;
    const findings = await checkFal({ apiKey: 'key', queueUrl, restUrl }, new FakeClock());
    expect(findings).toMatchObject([
      { subject: 'fal.ai', ok: true },
      { subject: 'fal.ai, REST', ok: true },
      { subject: 'fal.ai, uploads', ok: true, detail: `a file was put at ${new URL(fal.url).host}` },
    ]);
    expect(fal.requests()).toEqual([]);
    await fal.close();
    await rm(folder, { recursive: true });
  });

  it.each<[string, number, unknown, boolean, string]>([
    ['a request that fal does not know', 404, { detail: 'Request not found' }, true, 'knows the key'],
    ['a refused input', 422, { detail: [{ type: 'x' }] }, true, 'knows the key'],
    ['a refused key', 401, { detail: 'Invalid key' }, false, 'refuses the key (401)'],
    ['an account without money', 403, { detail: 'Exhausted balance' }, false, 'refuses the key (403)'],
    ['a proxy that wants a word', 407, {}, false, 'fetch failed'],
    ['a server of somebody else', 404, {}, false, 'something else than fal answers (404)'],
    ['a proxy that refuses', 403, null, false, 'something else than fal answers (403)'],
    ['trouble', 503, { detail: 'x' }, false, 'in trouble (503)'],
    ['a status of something else', 200, { status: 'ok' }, false, 'unknown status'],
    ['null', 200, null, false, 'unknown status'],
  ])('%s', async (_, status, body, ok, detail) => {
    const finding = await queueFinding((__, response) => json(response, status, body));
    expect(finding).toMatchObject({ subject: 'fal.ai', ok, detail: expect.stringContaining(detail) });
  });

  it('a portal that answers everything with a page is none of the three, and neither is nobody', async () => {
    server = await loopbackServer((_, response) => {
      response.setHeader('content-type', 'text/html').end('<html>Please sign in</html>');
    });
    for (const url of [server.url, await deadAddress()]) {
      const findings = await check(url);
      expect(findings.map(({ ok }) => ok)).toEqual([false, false, false]);
      for (const { advice } of findings) expect(advice).not.toBe('');
    }
  });

  it('a store for files that is out of reach is told apart from fal itself', async () => {
    const nowhere = await deadAddress();
    server = await loopbackServer((request, response) =>
      request.path.includes('/status')
        ? json(response, 404, { detail: 'Request not found' })
        : json(response, 200, { upload_url: `${nowhere}/put`, file_url: 'https://v3.fal.media/files/x' }),
    );
    const [queue, , uploads] = await check(server.url);
    expect(queue?.ok).toBe(true);
    expect(uploads).toMatchObject({ ok: false, advice: expect.stringContaining('*.fal.media') });
  });
});

import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startLocalFal } from '../../../src/sandbox/fal/local-fal.js';
import type { LocalFal, LocalFalOptions } from '../../../src/sandbox/fal/local-fal-options.js';
import { call, flux, resultOf, submit } from './queue-calls.js';
import { stoppedClock, temporaryFolder } from './temporary-fal.js';
import { isGenuine, startReceiver } from './webhook-receiver.js';

let folder: string;
let open: LocalFal[];
beforeEach(async () => {
  folder = await temporaryFolder();
  open = [];
});
afterEach(async () => {
  await Promise.all(open.map((fal) => fal.close()));
  await rm(folder, { recursive: true, force: true });
});

async function start(options: Partial<LocalFalOptions> = {}): Promise<LocalFal> {
  const fal = await startLocalFal({ imageMilliseconds: 0, ...options, folder });
  open.push(fal);
  return fal;
}

async function stop(fal: LocalFal): Promise<void> {
  open = open.filter((one) => one !== fal);
  await fal.close();
}

const pictureOf = async (fal: LocalFal, requestId: string): Promise<{ url: string; bytes: Buffer }> => {
  const { body } = await call(`${fal.queueUrl}/${flux}/requests/${requestId}`);
  const [image] = body.images as [{ url: string }];
  return { url: image.url, bytes: Buffer.from(await (await fetch(image.url)).arrayBuffer()) };
};

describe('a local fal over a folder that was used before', () => {
  it('knows old requests and draws the same picture, at its own address', async () => {
    const first = await start();
    const { request_id: id } = await submit(first, { image_size: 'square' });
    const before = await pictureOf(first, id);
    await stop(first);
    const second = await start();
    const after = await pictureOf(second, id);
    expect(after.url).toContain(second.url);
    expect(after.bytes.equals(before.bytes)).toBe(true);
  });

  it('says so when its port is taken, and leaves no trace', async () => {
    const first = await start();
    const port = Number(new URL(first.url).port);
    await expect(start({ port })).rejects.toThrow('EADDRINUSE');
    expect(await readdir(join(folder, 'servers'))).toHaveLength(1);
  });

  it('goes on with an unfinished request and sends its webhook', async () => {
    const receiver = await startReceiver();
    const clock = stoppedClock();
    const first = await start({ imageMilliseconds: 300, now: clock.now });
    const job = await submit(first, {}, { webhook: receiver.url });
    await stop(first);
    expect(receiver.received).toHaveLength(0);

    const second = await start({ now: clock.now });
    const status = await call(`${second.queueUrl}/${flux}/requests/${job.request_id}/status`);
    expect(status.body.status).toBe('IN_PROGRESS');
    clock.advance(300);
    const [webhook] = await receiver.webhooks(1);
    expect(webhook?.body).toMatchObject({ request_id: job.request_id, status: 'OK' });
    await receiver.close();
  });

  it('sends again what nobody took before the restart, under the same key', async () => {
    const receiver = await startReceiver([503]);
    const first = await start({ webhookRetryMilliseconds: [60_000] });
    await submit(first, {}, { webhook: receiver.url });
    await receiver.webhooks(1);
    await stop(first);
    const second = await start();
    const [, webhook] = await receiver.webhooks(2);
    if (webhook === undefined) throw new Error('no webhook');
    expect(await isGenuine(second, webhook)).toBe(true);
    await receiver.close();
  });

  it('still keeps the places of unfinished jobs', async () => {
    const first = await start({ imageMilliseconds: 60_000, concurrency: 1 });
    await submit(first);
    await stop(first);
    const second = await start({ imageMilliseconds: 60_000, concurrency: 1 });
    const next = await submit(second);
    expect((await call(next.status_url)).body.status).toBe('IN_QUEUE');
  });

  it('leaves nothing outstanding behind when all is settled', async () => {
    const receiver = await startReceiver();
    const fal = await start();
    await submit(fal, {}, { webhook: receiver.url });
    await receiver.webhooks(1);
    const next = await submit(fal, {}, { webhook: receiver.url });
    await resultOf(next);
    await receiver.webhooks(2);
    await stop(fal);
    const left = await readdir(join(folder, 'outstanding'));
    // The very last one may have been taken at the moment of closing.
    expect(left.length).toBeLessThanOrEqual(1);
    await receiver.close();
  });
});

describe('two local fals over one folder', () => {
  it('answer for each other, each with files at its own address', async () => {
    const [one, other] = [await start(), await start()];
    const { request_id: id } = await submit(one, { image_size: 'square' });
    const fromOther = await pictureOf(other, id);
    expect(fromOther.url).toContain(other.url);
    expect(fromOther.bytes.equals((await pictureOf(one, id)).bytes)).toBe(true);
  });

  it('leave each other their work while they live', async () => {
    const receiver = await startReceiver();
    const clock = stoppedClock();
    const one = await start({ imageMilliseconds: 100, now: clock.now });
    const { request_id: id } = await submit(one, {}, { webhook: receiver.url });
    const mark = await readFile(join(folder, 'outstanding', `${id}.json`), 'utf8');
    const other = await start({ now: clock.now });
    expect(await readFile(join(folder, 'outstanding', `${id}.json`), 'utf8')).toBe(mark);
    clock.advance(100);
    await receiver.webhooks(1);
    await submit(other, {}, { webhook: receiver.url });
    const all = await receiver.webhooks(2);
    expect(new Set(all.map(({ body }) => body.request_id)).size).toBe(2);
    await receiver.close();
  });

  it('let one cancel what the other runs', async () => {
    const receiver = await startReceiver();
    const [one, other] = [await start({ imageMilliseconds: 60_000 }), await start()];
    const { request_id: id } = await submit(one, {}, { webhook: receiver.url });
    const path = `${flux}/requests/${id}`;
    expect((await call(`${other.queueUrl}/${path}/cancel`, { method: 'PUT' })).status).toBe(202);
    expect((await call(`${one.queueUrl}/${path}`)).status).toBe(499);
    const [webhook] = await receiver.webhooks(1);
    expect(webhook?.body.status).toBe('ERROR');
    await receiver.close();
  });

  it('one takes over what a killed process left', async () => {
    const receiver = await startReceiver();
    const first = await start({ imageMilliseconds: 60_000 });
    const { request_id: id } = await submit(first, {}, { webhook: receiver.url });
    await call(`${first.queueUrl}/${flux}/requests/${id}/cancel`, { method: 'PUT' });
    await receiver.webhooks(1);
    await stop(first);
    // As a killed process leaves it: still named as the owner, its heartbeat fresh, its pid gone.
    const deadPid = 2 ** 22 + 1;
    await mkdir(join(folder, 'servers'), { recursive: true });
    await writeFile(join(folder, 'servers', 'dead.json'), JSON.stringify({ pid: deadPid }));
    await writeFile(
      join(folder, 'outstanding', `${id}.json`),
      JSON.stringify({ owner: 'dead', attempts: 1 }),
    );
    await start();
    expect(await receiver.webhooks(2)).toHaveLength(2);
    await receiver.close();
  });
});

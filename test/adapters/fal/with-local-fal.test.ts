import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FalImageGenerator } from '../../../src/adapters/fal/fal-image-generator.js';
import { FalDownloads } from '../../../src/adapters/fal/files/fal-downloads.js';
import { createFalWebhookAddress } from '../../../src/adapters/fal/webhooks/fal-webhook-address.js';
import { FalWebhooks } from '../../../src/adapters/fal/webhooks/fal-webhooks.js';
import { FolderMediaStore } from '../../../src/adapters/media/folder-media-store.js';
import { BadDownload } from '../../../src/application/ports/image-downloads.js';
import type { Order } from '../../../src/domain/generation/order.js';
import type { Outcome } from '../../../src/domain/generation/outcome.js';
import type { FaultRule } from '../../../src/sandbox/fal/faults/fault-rule.js';
import { startLocalFal } from '../../../src/sandbox/fal/local-fal.js';
import type { LocalFal } from '../../../src/sandbox/fal/local-fal-options.js';
import { contractOrder } from '../../contracts/image-generator.js';
import { silentLogger } from './silent-logger.js';
import { type WebhookInbox, webhookInbox } from './webhook-inbox.js';

let folder: string;
let fal: LocalFal;
let inbox: WebhookInbox;
let generator: FalImageGenerator;
let mediaStore: FolderMediaStore;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fal-'));
  fal = await startLocalFal({
    folder: join(folder, 'fal'),
    imageMilliseconds: 20,
    preparedPictures: true,
    webhookRetryMilliseconds: [10],
  });
  const account = { apiKey: 'fal-key', queueUrl: fal.queueUrl, restUrl: fal.restUrl };
  inbox = await webhookInbox(
    new FalWebhooks({ ...account, clock: { now: () => new Date(), ticks: () => performance.now() / 1000 } }),
  );
  mediaStore = new FolderMediaStore({ root: join(folder, 'media') });
  const webhookUrl = createFalWebhookAddress(inbox.url, account.apiKey);
  generator = new FalImageGenerator({ ...account, webhookUrl, mediaStore, logger: silentLogger });
});
afterEach(async () => {
  await fal.close();
  await inbox.close();
  await rm(folder, { recursive: true });
});

const submit = (order: Order = contractOrder) => generator.submit(order, { reference: 'generation:1' });

async function end(ticket: string): Promise<Outcome> {
  for (;;) {
    for await (const _ of generator.watch(ticket, AbortSignal.timeout(60_000)));
    const outcome = await generator.check(ticket);
    if (outcome.kind !== 'pending') return outcome;
  }
}

async function firstImage(order?: Order): Promise<string> {
  const outcome = await end(await submit(order));
  if (outcome.kind !== 'done' || outcome.images[0] === undefined) throw new Error(JSON.stringify(outcome));
  return outcome.images[0].url;
}

describe("the local fal's webhooks", () => {
  it('bring the same outcome as asking', async () => {
    const ticket = await submit();
    const verdict = await inbox.next();
    expect(verdict).toMatchObject({ accepted: true, event: { reference: 'generation:1', ticket } });
    expect(verdict.accepted && verdict.event.outcome).toEqual(await end(ticket));
  });

  it('bring the same failure as asking', async () => {
    const fault = { kind: 'fail', status: 422, type: 'content_policy_violation' } as const;
    fal.faults.add({ step: 'job', fault });
    const ticket = await submit();
    const verdict = await inbox.next();
    expect(verdict.accepted && verdict.event.outcome).toMatchObject({ failure: { kind: 'content_policy' } });
    expect(await end(ticket)).toMatchObject({ failure: { kind: 'content_policy' } });
  });

  it.each([
    ['unsigned', { kind: 'unsigned' }],
    ['forged', { kind: 'forged' }],
    ['forged', { kind: 'tampered' }],
    ['stale', { kind: 'stale', seconds: 301 }],
  ] as const)('are refused as %s when they are %o, and accepted when sent rightly', async (reason, fault) => {
    fal.faults.add({ step: 'webhook', fault, times: 1 });
    await submit();
    expect(await inbox.next()).toEqual({ accepted: false, reason });
    expect(await inbox.next()).toMatchObject({ accepted: true });
  });
});

describe("the local fal's failures", () => {
  it.each([
    [{ kind: 'break', status: 504, errorType: 'request_timeout' }, 'timeout'],
    [{ kind: 'break', status: 503, errorType: 'runner_disconnected' }, 'provider_error'],
    [{ kind: 'fail', status: 422, type: 'no_media_generated' }, 'no_media'],
    [{ kind: 'fail', status: 500, type: 'internal_server_error' }, 'provider_error'],
  ] as const)('%o is %s', async (fault, kind) => {
    fal.faults.add({ step: 'job', fault });
    expect(await end(await submit())).toMatchObject({ kind: 'failed', failure: { kind } });
  });

  it('an input that fal refuses shows in the result only', async () => {
    expect(await end(await submit({ ...contractOrder, steps: 51 }))).toMatchObject({
      failure: { kind: 'refused_input', detail: expect.stringContaining('num_inference_steps') },
    });
  });

  it('an endpoint that is gone at submit is told apart from a result that is not there', async () => {
    fal.faults.retire(contractOrder.endpoint, 'submit');
    await expect(submit()).rejects.toMatchObject({ trouble: 'endpoint_gone' });
    fal.faults.retire(contractOrder.endpoint, 'result');
    expect(await end(await submit())).toMatchObject({ failure: { kind: 'bad_result' } });
  });

  it('a stream that is cut does not hide the end', async () => {
    fal.faults.add({ step: 'stream', fault: { kind: 'cut', afterEvents: 1 } });
    expect(await end(await submit())).toMatchObject({ kind: 'done' });
  });
});

describe('from the order to the kept picture', () => {
  const downloads = () =>
    new FalDownloads({ allowedHosts: [new URL(fal.url).host], maximumBytes: 1_000_000 });
  const keep = async (url: string) => mediaStore.saveImage('images/1/0', await downloads().open(url));

  it('the picture of an order is kept, enlarged and kept again', async () => {
    const kept = await keep(await firstImage({ ...contractOrder, format: 'png' }));
    expect(kept).toMatchObject({ width: 512, height: 512, contentType: 'image/png' });
    const order = {
      endpoint: 'fal-ai/clarity-upscaler',
      prompt: 'TOK',
      source: kept.mediaKey,
      factor: 2,
    } as const;
    const enlarged = await mediaStore.saveImage(
      'images/2/0',
      await downloads().open(await firstImage(order)),
    );
    expect(enlarged).toMatchObject({ width: 1024, height: 1024 });
  });

  it('the picture of an order is kept, and another one made from it', async () => {
    const kept = await keep(await firstImage());
    const endpoint = 'fal-ai/flux-lora/image-to-image';
    const url = await firstImage({ ...contractOrder, endpoint, source: kept.mediaKey, change: 0.5 });
    expect(await mediaStore.saveImage('images/2/0', await downloads().open(url))).toMatchObject({
      width: 512,
      height: 512,
    });
    const lost = submit({ ...contractOrder, endpoint, source: 'images/none.jpeg', change: 0.5 });
    await expect(lost).rejects.toMatchObject({ trouble: 'refused' });
  });

  it.each<[FaultRule, boolean]>([
    [{ step: 'file', fault: { kind: 'truncate' } }, true],
    [{ step: 'file', fault: { kind: 'truncate', announced: 'half' } }, true],
    [{ step: 'file', fault: { kind: 'wrong-type' } }, true],
    [{ step: 'file', fault: { kind: 'oversized', bytes: 2_000_000 } }, false],
    [{ step: 'file', fault: { kind: 'drop' } }, true],
    [{ step: 'file', fault: { kind: 'answer', status: 403 } }, false],
    [{ step: 'file', fault: { kind: 'answer', status: 404 } }, true],
    [{ step: 'file', fault: { kind: 'answer', status: 503 } }, true],
  ])('%o: not kept; may another try help? %s', async (rule, retry) => {
    const url = await firstImage();
    fal.faults.add(rule);
    const error: unknown = await keep(url).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(BadDownload);
    expect(error).toMatchObject({ retry });
    await expect(mediaStore.bytes('images/1/0.jpg')).rejects.toThrow();
    fal.faults.clear();
    expect(await keep(url)).toMatchObject({ contentType: 'image/jpeg' });
  });
});

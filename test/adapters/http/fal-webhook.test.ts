import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { toTicket } from '../../../src/adapters/fal/fal-ticket.js';
import { createFalWebhookAddress } from '../../../src/adapters/fal/webhooks/fal-webhook-address.js';
import type { FalWebhookParts } from '../../../src/adapters/http/fal-webhook-route.js';
import { ReceiveWebhook } from '../../../src/application/upkeep/receive-webhook.js';
import { referenceOf } from '../../../src/domain/generation/generation.js';
import { RecordingLogger } from '../../fakes/recording-logger.js';
import { RecordingMetrics } from '../../fakes/recording-metrics.js';
import { givenGeneration } from '../../support/builders/given.js';
import { type MigratedDatabase, openMigratedDatabase } from '../../support/migrated-database.js';
import { endpoint, FalSender, falKey, type Sending, systemClock } from './fal-sender.js';
import { runningServer } from './running-server.js';

describe('POST /webhooks/fal', () => {
  let sender: FalSender;
  let postgres: MigratedDatabase;
  let metrics: RecordingMetrics;
  let log: RecordingLogger;
  beforeAll(async () => {
    [sender, postgres] = await Promise.all([FalSender.start(), openMigratedDatabase()]);
  });
  afterAll(() => Promise.all([sender.fal.remove(), postgres.close()]));
  beforeEach(() => {
    metrics = new RecordingMetrics();
    log = new RecordingLogger();
  });
  afterEach(async () => {
    await postgres.pool.query('truncate receipts; truncate graphile_worker._private_jobs');
  });

  const start = (changes: Partial<FalWebhookParts> = {}) => {
    const receive = new ReceiveWebhook({
      worker: 'worker-1',
      database: postgres.database,
      clock: systemClock,
      log,
    });
    return runningServer({ falWebhook: { webhooks: sender.judge(), receive, metrics, log, ...changes } });
  };

  /** A job at fal, and what fal's webhook for it is made of. */
  const atFal = async (status: 'submitting' | 'submitted' | 'delivered' = 'submitted') => {
    const requestId = crypto.randomUUID();
    const ticket = toTicket({ endpoint, requestId });
    const { stores } = postgres.database;
    const generation = await (status === 'submitting'
      ? givenGeneration(stores, { status })
      : givenGeneration(stores, { status, ticket }));
    return { generation, ticket, sending: { requestId, reference: referenceOf(generation) } };
  };

  /** Everything that a webhook could have changed. */
  const effects = async () => {
    const webhookInbox = await postgres.pool.query('select ticket, outcome from receipts');
    const jobs = await postgres.pool.query('select task_identifier as task, key from graphile_worker.jobs');
    return { webhookInbox: webhookInbox.rows, jobs: jobs.rows };
  };
  const nothing = { webhookInbox: [], jobs: [] };

  it('keeps the news and has the images collected', async () => {
    const { url } = await start();
    const { generation, ticket, sending } = await atFal();
    expect((await sender.send(url, sending)).status).toBe(200);
    expect(await effects()).toEqual({
      webhookInbox: [{ ticket, outcome: expect.objectContaining({ kind: 'done', seed: '42' }) }],
      jobs: [{ task: 'collect', key: `collect:${generation.id}` }],
    });
  });

  it('adopts what comes before the answer to the submit', async () => {
    const { url } = await start();
    const { ticket, sending } = await atFal('submitting');
    expect((await sender.send(url, sending)).status).toBe(200);
    // Who submits may be paused: its ticket is in the news.
    expect(await effects()).toMatchObject({ webhookInbox: [{ ticket }], jobs: [{ task: 'collect' }] });
  });

  it.each<[string, Partial<Sending>]>([
    ['unsigned', { fault: { kind: 'unsigned' } }],
    ['forged', { fault: { kind: 'forged' } }],
    ['forged', { fault: { kind: 'tampered' } }],
    ['stale', { fault: { kind: 'stale', seconds: 301 } }],
    ['stale', { fault: { kind: 'stale', seconds: -310 } }],
    ['foreign', { address: (url) => url.searchParams.delete('token') }],
    ['foreign', { address: (url) => url.searchParams.set('token', 'a'.repeat(64)) }],
    ['foreign', { address: (url) => url.searchParams.set('for', 'generation:another:1') }],
    ['foreign', { address: (url) => url.searchParams.set('endpoint', 'fal-ai/other') }],
  ])('answers a webhook that is %s with 401 and changes nothing (%j)', async (reason, wrong) => {
    const { url } = await start();
    const { sending } = await atFal();
    const response = await sender.send(url, { ...sending, ...wrong });
    expect([response.status, await response.text()]).toEqual([401, 'Unauthorized\n']);
    expect(await effects()).toEqual(nothing);
    expect(metrics.refusedWebhooks).toEqual([reason]);
    expect(log.lines).toMatchObject([{ level: 'warn', facts: { reason } }]);
  });

  it('tells the log of a flood of forged ones once, and counts them all', async () => {
    const { url } = await start();
    const { sending } = await atFal();
    for (let time = 0; time < 5; time += 1)
      await sender.send(url, { ...sending, fault: { kind: 'unsigned' } });
    expect(metrics.refusedWebhooks).toHaveLength(5);
    expect(log.lines).toHaveLength(1);
  });

  it.each(['OK', 'ERROR'] as const)('gives an %s that comes many times one effect', async (status) => {
    const { url } = await start();
    const { sending } = await atFal();
    const copies = await Promise.all(
      Array.from({ length: 6 }, () => sender.send(url, { ...sending, status })),
    );
    copies.push(await sender.send(url, { ...sending, status }));
    expect(copies.map((response) => response.status)).toEqual(copies.map(() => 200));
    const { webhookInbox, jobs } = await effects();
    const outcome =
      status === 'OK' ? { kind: 'done' } : { kind: 'failed', failure: { kind: 'content_policy' } };
    expect(webhookInbox).toMatchObject([{ outcome }]);
    expect(jobs).toHaveLength(1);
  });

  it('takes note of a job that is over without starting it again', async () => {
    const { url } = await start();
    const { sending } = await atFal('delivered');
    expect((await sender.send(url, sending)).status).toBe(200);
    expect((await effects()).jobs).toEqual([]);
  });

  it("asks for it again while fal's keys are out of reach", async () => {
    const { url } = await start();
    const { sending } = await atFal();
    sender.fal.faults.add({ step: 'jwks', times: 1, fault: { kind: 'answer', status: 500 } });
    const response = await sender.send(url, sending);
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '15']);
    expect(await effects()).toEqual(nothing);
    expect(metrics.refusedWebhooks).toEqual([]);
    expect((await sender.send(url, sending)).status).toBe(200);
  });

  it('asks for it again when it could not be kept', async () => {
    const receive = {
      execute: async () => {
        throw new Error('Connection terminated unexpectedly');
      },
    };
    const { url } = await start({ receive });
    const { sending } = await atFal();
    const response = await sender.send(url, sending);
    expect([response.status, await response.text()]).toEqual([503, 'Unavailable, try again\n']);
    expect(log.at('warn')).toHaveLength(1);
  });

  it('answers a webhook about another ticket than the job has with 401 and changes nothing', async () => {
    const { url } = await start();
    const { sending } = await atFal();
    const response = await sender.send(url, { ...sending, requestId: crypto.randomUUID() });
    expect(response.status).toBe(401);
    expect(await effects()).toEqual(nothing);
  });

  it('takes what the local fal itself sends, twice', async () => {
    const { url } = await start();
    // The local fal makes its own request id: the news comes before the submit's answer.
    const { sending } = await atFal('submitting');
    sender.fal.faults.add({ step: 'webhook', times: 1, fault: { kind: 'duplicate' } });
    const address = createFalWebhookAddress(url, falKey)(sending.reference, endpoint);
    const submit = new URL(`${sender.fal.queueUrl}/${endpoint}`);
    submit.searchParams.set('fal_webhook', address);
    const response = await fetch(submit, {
      method: 'POST',
      headers: { authorization: `Key ${falKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ prompt: 'TOK', image_size: 'square' }),
    });
    expect(response.status).toBe(200);
    await expect.poll(() => log.at('debug')).toEqual(['took a webhook', 'took a webhook']);
    const { webhookInbox } = await effects();
    expect(webhookInbox).toHaveLength(1);
  });
});

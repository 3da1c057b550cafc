import { afterEach, describe, expect, it } from 'vitest';
import { call, cancel, flux, post, resultOf, submit, weights } from './queue-calls.js';
import { startTemporaryFal, stoppedClock, type TemporaryFal } from './temporary-fal.js';

let fal: TemporaryFal;
afterEach(() => fal.remove());

describe('submitting to the local fal', () => {
  it('needs a key in the form that fal uses', async () => {
    fal = await startTemporaryFal({ key: 'right' });
    const url = `${fal.queueUrl}/${flux}`;
    const init = { method: 'POST', body: '{"prompt":"a cat"}' };
    for (const wrong of ['', 'Bearer right', 'Key wrong', 'Key ']) {
      expect((await call(url, init, wrong)).status, wrong).toBe(401);
    }
    expect((await call(url, init, 'Key right')).status).toBe(200);
    expect(fal.requests()).toHaveLength(1);
  });

  it('answers where to ask, with the application only', async () => {
    fal = await startTemporaryFal();
    const { body } = await post(fal, 'fal-ai/flux-pro/finetuned', { prompt: 'x' });
    const base = `${fal.queueUrl}/fal-ai/flux-pro/requests/${String(body.request_id)}`;
    expect(body).toMatchObject({
      status: 'IN_QUEUE',
      queue_position: 0,
      response_url: base,
      status_url: `${base}/status`,
      cancel_url: `${base}/cancel`,
    });
  });

  it('does not know other endpoints, nor the deprecated trainer', async () => {
    fal = await startTemporaryFal();
    expect((await post(fal, 'fal-ai/nothing', {})).status).toBe(404);
    const closed = await post(fal, 'fal-ai/flux-pro-trainer', {});
    expect(closed).toMatchObject({ status: 404, body: { detail: expect.stringContaining('no longer') } });
    expect((await post(fal, flux, { prompt: 'x' })).status).toBe(200);
  });

  it('records what came, with the headers of the platform and without the key', async () => {
    fal = await startTemporaryFal();
    const input = { prompt: 'a cat', loras: [weights], lora_url: 'ignored' };
    await submit(fal, input, {
      headers: { 'X-Fal-Store-IO': '0', 'X-Fal-Queue-Priority': 'low' },
      webhook: 'http://127.0.0.1:1/hook',
    });
    const [recorded] = fal.requests();
    expect(recorded).toMatchObject({ endpoint: flux, input, webhookUrl: 'http://127.0.0.1:1/hook' });
    expect(recorded?.headers).toMatchObject({ 'x-fal-store-io': '0', 'x-fal-queue-priority': 'low' });
    expect(JSON.stringify(recorded)).not.toContain('Key test');
  });

  it('refuses a body that is no JSON', async () => {
    fal = await startTemporaryFal();
    expect((await call(`${fal.queueUrl}/${flux}`, { method: 'POST', body: '{oops' })).status).toBe(400);
  });
});

describe('asking the local fal', () => {
  it('answers 202 while it works and 200 when it is done, with logs only when asked', async () => {
    const clock = stoppedClock();
    fal = await startTemporaryFal({ imageMilliseconds: 1000, concurrency: 1, now: clock.now });
    const first = await submit(fal, { num_inference_steps: 5 });
    const second = await submit(fal);
    expect(second.queue_position).toBe(0);
    expect((await submit(fal)).queue_position).toBe(1);

    expect(await call(first.status_url)).toMatchObject({
      status: 202,
      body: { status: 'IN_PROGRESS', logs: null },
    });
    expect(await call(second.status_url)).toMatchObject({
      status: 202,
      body: { status: 'IN_QUEUE', queue_position: 0 },
    });
    clock.advance(1000);
    expect((await call(second.status_url)).body.status).toBe('IN_PROGRESS');
    const done = await call(`${first.status_url}?logs=1`);
    expect(done).toMatchObject({ status: 200, body: { status: 'COMPLETED' } });
    expect(JSON.stringify(done.body.logs)).toContain('step 5/5');
    expect((await call(`${first.status_url}?logs=0`)).body.logs).toBeNull();
  });

  it('refuses a result that is not there yet', async () => {
    fal = await startTemporaryFal({ imageMilliseconds: 60_000 });
    const job = await submit(fal);
    expect((await call(job.response_url)).status).toBe(400);
  });

  it('knows no other ids, owners or sub-paths', async () => {
    fal = await startTemporaryFal();
    const job = await submit(fal);
    const path = `requests/${job.request_id}`;
    const status = async (url: string) => (await call(`${fal.queueUrl}/${url}`)).status;
    expect(await status('fal-ai/flux-lora/requests/00000000-0000-4000-8000-000000000000/status')).toBe(404);
    expect(await status('fal-ai/flux-lora/requests/..%2F..%2Fsigning-key')).toBe(404);
    expect(await status(`fal-ai/flux-pro/${path}/status`)).toBe(404);
    expect(await status(`fal-ai/flux-lora/extra/${path}/status`)).toBe(405);
    expect(await status(`fal-ai/flux-lora/${path}/status`)).toBe(200);
  });

  it('gives up a job that could not start in the time its client allows', async () => {
    fal = await startTemporaryFal({ imageMilliseconds: 60_000, concurrency: 1 });
    await submit(fal);
    const late = await submit(fal, {}, { headers: { 'X-Fal-Request-Timeout': '0.05' } });
    const answer = await resultOf(late);
    expect(answer).toMatchObject({ status: 504, body: { error_type: 'startup_timeout' } });
    expect(answer.headers.get('x-fal-error-type')).toBe('startup_timeout');
  });
});

describe('cancelling at the local fal', () => {
  it('ends a running job: COMPLETED, with the reason in the status and a 499 as result', async () => {
    fal = await startTemporaryFal({ imageMilliseconds: 60_000 });
    const job = await submit(fal);
    expect(await cancel(job)).toMatchObject({ status: 202, body: { status: 'CANCELLATION_REQUESTED' } });
    expect((await call(job.status_url)).body).toMatchObject({
      status: 'COMPLETED',
      error_type: 'client_cancelled',
      error: expect.any(String),
    });
    const result = await call(job.response_url);
    expect(result).toMatchObject({ status: 499, body: { detail: expect.any(String) } });
  });

  it('is refused when the job has ended', async () => {
    fal = await startTemporaryFal();
    const job = await submit(fal);
    expect(await cancel(job)).toMatchObject({ status: 400, body: { status: 'ALREADY_COMPLETED' } });
    expect((await resultOf(job)).status).toBe(200);
  });

  it('frees the place for the next job', async () => {
    fal = await startTemporaryFal({ imageMilliseconds: 60_000, concurrency: 1 });
    await cancel(await submit(fal));
    const next = await submit(fal);
    expect((await call(next.status_url)).body.status).toBe('IN_PROGRESS');
  });
});

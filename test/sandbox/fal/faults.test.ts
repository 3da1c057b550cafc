import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FaultScript } from '../../../src/sandbox/fal/faults/fault-script.js';
import { call, flux, post, resultOf, submit } from './queue-calls.js';
import { startTemporaryFal, type TemporaryFal } from './temporary-fal.js';

let fal: TemporaryFal;
beforeEach(async () => {
  fal = await startTemporaryFal();
});
afterEach(() => fal.remove());

async function pictureUrl(): Promise<string> {
  const { body } = await resultOf(await submit(fal, { image_size: { width: 128, height: 128 } }));
  return (body.images as [{ url: string }])[0].url;
}

describe('faults of a submit', () => {
  it('a connection dropped before the job is accepted leaves nothing behind', async () => {
    const rule = fal.faults.add({ step: 'submit', fault: { kind: 'drop' }, times: 1 });
    await expect(submit(fal)).rejects.toThrow();
    expect(fal.requests()).toHaveLength(0);
    expect(rule.hits).toBe(1);
    await submit(fal);
    expect(fal.requests()).toHaveLength(1);
  });

  it('a connection dropped after that leaves a job that runs', async () => {
    fal.faults.add({ step: 'submit', fault: { kind: 'drop', when: 'after' }, times: 1 });
    await expect(submit(fal)).rejects.toThrow();
    const [recorded] = fal.requests();
    const id = recorded?.requestId ?? '';
    expect((await call(`${fal.queueUrl}/${flux}/requests/${id}/status`)).body.status).toBe('COMPLETED');
  });

  it('answers as scripted, with headers', async () => {
    const fault = { kind: 'answer', status: 429, headers: { 'retry-after': '3' } } as const;
    fal.faults.add({ step: 'submit', fault, times: 1 });
    const { status, headers } = await post(fal, flux, { prompt: 'x' });
    expect(status).toBe(429);
    expect(headers.get('retry-after')).toBe('3');
    expect(fal.requests()).toHaveLength(0);
  });
});

describe('faults while asking', () => {
  it('a status, a stream and a result can be refused while the job goes on', async () => {
    const job = await submit(fal);
    for (const step of ['status', 'stream', 'result'] as const) {
      fal.faults.add({ step, fault: { kind: 'answer', status: 503 }, times: 1 });
    }
    expect((await call(job.status_url)).status).toBe(503);
    expect((await call(`${job.status_url}/stream`)).status).toBe(503);
    expect((await call(job.response_url)).status).toBe(503);
    expect((await resultOf(job)).status).toBe(200);
  });

  it('an answer can be null, a page of HTML or half a JSON', async () => {
    const job = await submit(fal);
    await resultOf(job);
    const answered = async (content: { body?: unknown; text?: string }) => {
      fal.faults.add({ step: 'result', fault: { kind: 'answer', status: 200, ...content }, times: 1 });
      const response = await fetch(job.response_url, { headers: { authorization: 'Key test' } });
      return `${response.headers.get('content-type')?.split(';')[0]} ${await response.text()}`;
    };
    expect(await answered({ body: null })).toBe('application/json null');
    expect(await answered({ text: '<html>' })).toBe('text/html <html>');
    expect(await answered({ text: '{"images":[' })).toBe('text/html {"images":[');
  });

  it('a result says odd things about the safety of its pictures, each time it is asked for', async () => {
    fal.faults.add({ step: 'job', fault: { kind: 'odd-flags', flags: ['true'] }, times: 1 });
    const job = await submit(fal);
    expect((await resultOf(job)).body.has_nsfw_concepts).toEqual(['true']);
    expect((await resultOf(job)).body.has_nsfw_concepts).toEqual(['true']);
    expect((await resultOf(await submit(fal))).body.has_nsfw_concepts).toEqual([false]);
  });

  it('a stream can end before the job does', async () => {
    fal.faults.add({ step: 'stream', fault: { kind: 'cut', afterEvents: 0 }, times: 1 });
    const job = await submit(fal);
    const stream = await fetch(`${job.status_url}/stream`, { headers: { authorization: 'Key test' } });
    expect(await stream.text()).toBe('');
  });

  it('only the endpoint, the request or the prompt that a rule names is struck', async () => {
    const [one, other] = [await submit(fal, { prompt: 'a red cat' }), await submit(fal, { prompt: 'a dog' })];
    const fault = { kind: 'answer', status: 500 } as const;
    fal.faults.add({ step: 'status', fault, prompt: 'red' });
    fal.faults.add({ step: 'result', fault, requestId: one.request_id });
    fal.faults.add({ step: 'cancel', fault, endpoint: 'fal-ai/other' });
    expect((await call(one.status_url)).status).toBe(500);
    expect((await call(other.status_url)).status).toBe(200);
    expect((await call(one.response_url)).status).toBe(500);
    expect((await call(other.response_url)).status).toBe(200);
    expect((await call(one.cancel_url, { method: 'PUT' })).status).toBe(400);
  });
});

describe('faults of the job itself', () => {
  it('it fails as the model or as the platform would', async () => {
    fal.faults.add({
      step: 'job',
      fault: { kind: 'fail', status: 504, type: 'generation_timeout' },
      times: 1,
    });
    const model = await submit(fal);
    expect(await resultOf(model)).toMatchObject({
      status: 504,
      body: { detail: [{ type: 'generation_timeout' }] },
    });
    expect((await call(model.status_url)).body).not.toHaveProperty('error_type');

    const fault = { kind: 'break', status: 503, errorType: 'runner_disconnected' } as const;
    fal.faults.add({ step: 'job', fault, times: 1 });
    const platform = await submit(fal);
    expect(await resultOf(platform)).toMatchObject({
      status: 503,
      body: { error_type: 'runner_disconnected' },
    });
    expect((await call(platform.status_url)).body.error_type).toBe('runner_disconnected');
  });

  it('it hangs until it is cancelled, or takes longer', async () => {
    fal.faults.add({ step: 'job', fault: { kind: 'hang' }, times: 1 });
    fal.faults.add({ step: 'job', fault: { kind: 'slow', milliseconds: 60_000 }, times: 1 });
    const [hung, slow] = [await submit(fal), await submit(fal)];
    expect((await call(slow.status_url)).body.status).toBe('IN_PROGRESS');
    expect((await call(hung.status_url)).body.status).toBe('IN_PROGRESS');
    expect((await call(hung.cancel_url, { method: 'PUT' })).status).toBe(202);
    expect((await call(hung.response_url)).status).toBe(499);
  });
});

describe('faults of files', () => {
  it('the connection breaks in the middle', async () => {
    const url = await pictureUrl();
    fal.faults.add({ step: 'file', fault: { kind: 'truncate' }, times: 1 });
    await expect(fetch(url).then((response) => response.arrayBuffer())).rejects.toThrow();
    expect((await fetch(url)).status).toBe(200);
  });

  it('half of the file comes as if it were all', async () => {
    const url = await pictureUrl();
    const whole = (await (await fetch(url)).arrayBuffer()).byteLength;
    fal.faults.add({ step: 'file', fault: { kind: 'truncate', announced: 'half' }, times: 1 });
    expect((await (await fetch(url)).arrayBuffer()).byteLength).toBe(Math.floor(whole / 2));
  });

  it('something else comes under the type of a picture', async () => {
    const url = await pictureUrl();
    fal.faults.add({ step: 'file', fault: { kind: 'wrong-type' }, times: 1 });
    const response = await fetch(url);
    expect(response.headers.get('content-type')).toBe('image/jpeg');
    await expect(sharp(await response.arrayBuffer()).metadata()).rejects.toThrow();
  });

  it('far too much comes', async () => {
    const url = await pictureUrl();
    fal.faults.add({ step: 'file', fault: { kind: 'oversized', bytes: 3_000_000 }, times: 1 });
    expect((await (await fetch(url)).arrayBuffer()).byteLength).toBe(3_000_000);
  });
});

describe('a fault script', () => {
  const fault = { kind: 'drop' } as const;
  const strikes = (script: FaultScript, count: number) =>
    Array.from({ length: count }, () => script.strike('status', {}) !== undefined);

  it('strikes as often as said, after letting some pass', () => {
    const script = new FaultScript(1, [{ step: 'status', fault, times: 2, skip: 1 }]);
    expect(strikes(script, 5)).toEqual([false, true, true, false, false]);
  });

  it('repeats the same chances from the same seed', () => {
    const rules = [{ step: 'status', fault, probability: 0.3 }] as const;
    const [one, again, other] = [7, 7, 8].map((seed) => strikes(new FaultScript(seed, rules), 200));
    expect(again).toEqual(one);
    expect(other).not.toEqual(one);
    const hits = one?.filter(Boolean).length ?? 0;
    expect(hits).toBeGreaterThan(30);
    expect(hits).toBeLessThan(90);
  });

  it('is over when cleared or removed', () => {
    const script = new FaultScript(1, [{ step: 'status', fault }]);
    script.clear();
    script.add({ step: 'status', fault }).remove();
    expect(strikes(script, 3)).toEqual([false, false, false]);
  });
});

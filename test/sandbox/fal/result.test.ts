import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, flux, resultOf, submit, weights } from './queue-calls.js';
import { startTemporaryFal, type TemporaryFal } from './temporary-fal.js';

const finetuned = 'fal-ai/flux-pro/finetuned';
const ultra = 'fal-ai/flux-pro/v1.1-ultra-finetuned';
const finetune = { finetune_id: 'ft-1', finetune_strength: 1 };

let fal: TemporaryFal;
beforeAll(async () => {
  fal = await startTemporaryFal();
});
afterAll(() => fal.remove());

const run = async (input: Record<string, unknown>, endpoint = flux) =>
  resultOf(await submit(fal, input, { endpoint }));

describe('results of the local fal', () => {
  it('gives seed, prompt, timings and one flag per image', async () => {
    const { status, body } = await run({ num_images: 3, loras: [weights], output_format: 'png' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ prompt: 'a cat', has_nsfw_concepts: [false, false, false] });
    expect(body.images).toHaveLength(3);
    expect(body.images).toContainEqual({
      url: expect.stringContaining(`${fal.url}/files/`),
      width: 1024,
      height: 768,
      content_type: 'image/png',
    });
  });

  it('chooses seeds that do not fit 32 bits', async () => {
    const { body } = await run({});
    expect(body.seed).toSatisfy(Number.isSafeInteger);
    expect(body.seed).toBeGreaterThanOrEqual(2 ** 31);
  });

  it('ignores fields that it does not know', async () => {
    expect((await run({ lora_url: 5, lora_scale: 'x', negative_prompt: {} })).status).toBe(200);
  });

  it.each([
    [flux, { image_size: 'portrait_16_9' }, 576, 1024],
    [flux, { image_size: { width: 640, height: 480 } }, 640, 480],
    [finetuned, { ...finetune, image_size: 'square' }, 512, 512],
    [ultra, finetune, 2752, 1536],
    [ultra, { ...finetune, aspect_ratio: '9:21' }, 1344, 3136],
  ])('draws %s with %o as %i by %i', async (endpoint, input, width, height) => {
    expect((await run(input, endpoint)).body.images).toMatchObject([{ width, height }]);
  });

  it('puts the picture into the answer in sync mode', async () => {
    const { body } = await run({ sync_mode: true, image_size: { width: 64, height: 64 } });
    expect(body.images).toMatchObject([{ url: expect.stringMatching(/^data:image\/jpeg;base64,\/9j\//) }]);
  });
});

describe('validation, told when the result is fetched', () => {
  it.each([
    [flux, { prompt: undefined }, 'prompt', 'missing'],
    [flux, { prompt: 5 }, 'prompt', 'string_type'],
    [flux, { num_inference_steps: 0 }, 'num_inference_steps', 'greater_than_equal'],
    [flux, { num_inference_steps: 51 }, 'num_inference_steps', 'less_than_equal'],
    [flux, { num_inference_steps: 2.5 }, 'num_inference_steps', 'int_type'],
    [flux, { guidance_scale: 35.1 }, 'guidance_scale', 'less_than_equal'],
    [flux, { num_images: 5 }, 'num_images', 'less_than_equal'],
    [flux, { image_size: 'huge' }, 'image_size', 'literal_error'],
    [flux, { output_format: 'webp' }, 'output_format', 'literal_error'],
    [flux, { acceleration: 'high' }, 'acceleration', 'literal_error'],
    [flux, { seed: 'seven' }, 'seed', 'int_type'],
    [flux, { loras: [{ path: 'not a url', scale: 1 }] }, 'path', 'url_parsing'],
    [flux, { loras: [{ ...weights, scale: 4.1 }] }, 'scale', 'less_than_equal'],
    [flux, { loras: [{ scale: 1 }] }, 'path', 'missing'],
    [finetuned, { finetune_strength: 1 }, 'finetune_id', 'missing'],
    [finetuned, { ...finetune, finetune_strength: 2.1 }, 'finetune_strength', 'less_than_equal'],
    [finetuned, { ...finetune, guidance_scale: 1.4 }, 'guidance_scale', 'greater_than_equal'],
    [finetuned, { ...finetune, guidance_scale: 5.1 }, 'guidance_scale', 'less_than_equal'],
    [finetuned, { ...finetune, safety_tolerance: 2 }, 'safety_tolerance', 'literal_error'],
    [ultra, { ...finetune, aspect_ratio: '5:4' }, 'aspect_ratio', 'literal_error'],
    [ultra, { ...finetune, raw: 'yes' }, 'raw', 'bool_type'],
    [ultra, { finetune_id: 'ft-1' }, 'finetune_strength', 'missing'],
  ])('%s refuses %o', async (endpoint, input, field, type) => {
    const job = await submit(fal, input, { endpoint });
    const result = await resultOf(job);
    expect(result.status).toBe(422);
    const loc = expect.arrayContaining(['body', field]);
    expect(result.body.detail).toEqual([expect.objectContaining({ loc, type, msg: expect.any(String) })]);
    expect(result.headers.get('x-fal-retryable')).toBe('false');
    const status = await call(job.status_url);
    expect(status.body).toMatchObject({ status: 'COMPLETED' });
    expect(status.body).not.toHaveProperty('error_type');
  });

  it('names every wrong field at once', async () => {
    const { body } = await run({ num_images: 9, guidance_scale: -1 });
    expect(body.detail).toHaveLength(2);
  });

  it('takes the ends of every range', async () => {
    expect(
      (await run({ num_inference_steps: 50, guidance_scale: 0, loras: [{ ...weights, scale: 4 }] })).status,
    ).toBe(200);
    expect((await run({ ...finetune, finetune_strength: 2, guidance_scale: 1.5 }, finetuned)).status).toBe(
      200,
    );
  });

  it('cannot download weights whose address says missing', async () => {
    const { status, body } = await run({
      loras: [weights, { path: 'https://example.com/missing.safetensors' }],
    });
    expect(status).toBe(422);
    expect(body.detail).toMatchObject([{ type: 'file_download_error', loc: ['body', 'loras', 1, 'path'] }]);
  });
});

describe('the words of the sandbox', () => {
  it.each([
    ['nsfw-test', [true, true]],
    ['nsfw-some-test', [true, false]],
    ['an ordinary cat', [false, false]],
  ])('%s flags %o', async (word, flags) => {
    expect((await run({ prompt: `a ${word} picture`, num_images: 2 })).body.has_nsfw_concepts).toEqual(flags);
  });

  it('flags nothing with the safety checker off', async () => {
    const { body } = await run({ prompt: 'nsfw-test', enable_safety_checker: false });
    expect(body.has_nsfw_concepts).toEqual([false]);
  });

  it.each([
    ['content-policy-test', 'content_policy_violation'],
    ['no-media-test', 'no_media_generated'],
  ])('%s is a 422 %s', async (word, type) => {
    expect(await run({ prompt: word })).toMatchObject({ status: 422, body: { detail: [{ type }] } });
  });
});

describe('a retired endpoint', () => {
  it('is gone at submit, or when the result is fetched, until it is restored', async () => {
    const input = { prompt: 'x', ...finetune };
    fal.faults.retire(finetuned, 'submit');
    await expect(submit(fal, input, { endpoint: finetuned })).rejects.toThrow('404');
    fal.faults.retire(finetuned, 'result');
    const job = await submit(fal, input, { endpoint: finetuned });
    expect(await resultOf(job)).toMatchObject({ status: 404, body: { detail: 'Path /finetuned not found' } });
    fal.faults.restore(finetuned);
    expect((await run(input, finetuned)).status).toBe(200);
  });
});

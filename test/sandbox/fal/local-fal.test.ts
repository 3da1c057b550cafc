import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientOf } from './client.js';
import { startTemporaryFal, type TemporaryFal } from './temporary-fal.js';

const lora = { path: 'https://example.com/weights/tok.safetensors', scale: 1.2 };

describe('the local fal, through the real client', () => {
  let fal: TemporaryFal;
  beforeAll(async () => {
    fal = await startTemporaryFal({ imageMilliseconds: 60 });
  });
  afterAll(() => fal.remove());

  it('takes an image from submit over the status stream to the result and the file', async () => {
    const client = clientOf(fal);
    const input = {
      prompt: 'TOK in medieval armor',
      loras: [lora],
      image_size: 'portrait_4_3' as const,
      seed: 7,
    };
    const { request_id: requestId } = await client.queue.submit('fal-ai/flux-lora', { input });

    const stream = await client.queue.streamStatus('fal-ai/flux-lora', { requestId, logs: true });
    const last = await stream.done();
    expect(last).toMatchObject({ status: 'COMPLETED', request_id: requestId });

    const { data, requestId: answered } = await client.queue.result('fal-ai/flux-lora', { requestId });
    expect(answered).toBe(requestId);
    expect(data).toMatchObject({ seed: 7, prompt: input.prompt, has_nsfw_concepts: [false] });
    const [image] = data.images;
    expect(image).toMatchObject({ width: 768, height: 1024, content_type: 'image/jpeg' });
    const file = await fetch(image?.url ?? '');
    expect(file.headers.get('content-type')).toBe('image/jpeg');
    const metadata = await sharp(await file.arrayBuffer()).metadata();
    expect(metadata).toMatchObject({ format: 'jpeg', width: 768, height: 1024 });
  });
});

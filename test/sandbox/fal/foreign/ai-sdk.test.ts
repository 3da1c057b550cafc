import { createFal } from '@ai-sdk/fal';
import { generateImage } from 'ai';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTemporaryFal, type TemporaryFal } from '../temporary-fal.js';

let fal: TemporaryFal;
beforeAll(async () => {
  fal = await startTemporaryFal({ key: 'sdk-key' });
});
afterAll(() => fal.remove());

const provider = (apiKey = 'sdk-key') => createFal({ apiKey, baseURL: fal.runUrl });

describe('the Vercel AI SDK', () => {
  it('makes an image in the ratio that is asked for', async () => {
    const { image, providerMetadata } = await generateImage({
      model: provider().image('fal-ai/flux/dev'),
      prompt: 'a lighthouse at dusk',
      aspectRatio: '16:9',
    });
    expect(await sharp(image.uint8Array).metadata()).toMatchObject({
      format: 'jpeg',
      width: 1024,
      height: 576,
    });
    expect(providerMetadata.fal).toMatchObject({
      images: [{ width: 1024, height: 576, nsfw: false }],
    });
  });

  it('hears every wrong field, and that the key is wrong', async () => {
    const asked = {
      prompt: 'x',
      maxRetries: 0,
      providerOptions: { fal: { loras: 'none', image_size: 'huge' } },
    };
    await expect(
      generateImage({ model: provider().image('fal-ai/flux-lora'), ...asked }),
    ).rejects.toMatchObject({
      statusCode: 422,
      message: expect.stringMatching(/loras.*\n.*image_size/),
    });
    const model = provider('another').image('fal-ai/flux/dev');
    await expect(generateImage({ model, prompt: 'x', maxRetries: 0 })).rejects.toMatchObject({
      statusCode: 401,
    });
  });
});

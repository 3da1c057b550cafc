import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientOf } from './client.js';
import { resultOf, submit } from './queue-calls.js';
import { startTemporaryFal, type TemporaryFal } from './temporary-fal.js';

let fal: TemporaryFal;
beforeAll(async () => {
  fal = await startTemporaryFal({ languageMilliseconds: 0 });
});
afterAll(() => fal.remove());

const run = async (endpoint: string, input: Record<string, unknown>) =>
  resultOf(await submit(fal, input, { endpoint }));

const blue = () =>
  sharp({ create: { width: 120, height: 80, channels: 3, background: '#2040d0' } })
    .png()
    .toBuffer();

describe('the upscaler', () => {
  const upscaler = 'fal-ai/clarity-upscaler';

  it('enlarges a picture of the local fal itself', async () => {
    const made = await run('fal-ai/flux-lora', { image_size: { width: 200, height: 120 } });
    const [small] = made.body.images as [{ url: string }];
    const { body } = await run(upscaler, { image_url: small.url, upscale_factor: 3 });
    const image = body.image as { url: string };
    expect(image).toMatchObject({ width: 600, height: 360, content_type: 'image/png' });
    const metadata = await sharp(await (await fetch(image.url)).arrayBuffer()).metadata();
    expect(metadata).toMatchObject({ width: 600, height: 360, format: 'png' });
  });

  it('enlarges uploads and data URIs by two, also after the upload is gone', async () => {
    const bytes = await blue();
    const uploaded = await clientOf(fal).storage.upload(
      new Blob([new Uint8Array(bytes)], { type: 'image/png' }),
    );
    for (const url of [uploaded, `data:image/png;base64,${bytes.toString('base64')}`]) {
      expect((await run(upscaler, { image_url: url })).body.image).toMatchObject({ width: 240, height: 160 });
    }
  });

  it.each([
    ['https://example.com/missing.png', 'file_download_error'],
    ['data:image/png;base64,aGVsbG8=', 'image_load_error'],
    ['not a url', 'url_parsing'],
  ])('cannot take %s', async (url, type) => {
    expect(await run(upscaler, { image_url: url })).toMatchObject({
      status: 422,
      body: { detail: [{ type }] },
    });
  });
});

describe('image to image', () => {
  const endpoint = 'fal-ai/flux-lora/image-to-image';
  const dataUri = async () => `data:image/png;base64,${(await blue()).toString('base64')}`;
  const made = async (input: Record<string, unknown>) => {
    const { body } = await run(endpoint, { prompt: 'a knight', seed: 1, ...input });
    const [{ url }] = body.images as [{ url: string }];
    return { body, bytes: Buffer.from(await (await fetch(url)).arrayBuffer()) };
  };
  /** How blue it is above its caption, 0-255. */
  const blueness = async (bytes: Buffer) => {
    const above = sharp(bytes).extract({ left: 0, top: 30, width: 120, height: 10 });
    const { channels } = await sharp(await above.png().toBuffer()).stats();
    return (channels[2]?.mean ?? 0) - (channels[0]?.mean ?? 0);
  };

  it('has the size of the picture that is sent in, unless told another', async () => {
    const image_url = await dataUri();
    expect((await made({ image_url })).body.images).toMatchObject([{ width: 120, height: 80 }]);
    const sized = await made({ image_url, image_size: 'square', num_images: 2 });
    expect(sized.body).toMatchObject({ images: [{ width: 512 }, { width: 512 }], seed: 1 });
  });

  it('is the more like that picture the less it may change', async () => {
    const image_url = await dataUri();
    const [little, lot] = [
      await made({ image_url, strength: 0.1 }),
      await made({ image_url, strength: 0.9 }),
    ];
    expect(await blueness(little.bytes)).toBeGreaterThan((await blueness(lot.bytes)) + 50);
  });

  it.each([
    [{}, 'missing'],
    [{ image_url: 'https://example.com/missing.png' }, 'file_download_error'],
    [{ image_url: 'data:image/png;base64,aGVsbG8=' }, 'image_load_error'],
    [{ image_url: 'https://example.com/a.png', strength: 1.5 }, 'less_than_equal'],
    [{ image_url: 'https://example.com/a.png', strength: 0 }, 'greater_than_equal'],
    [{ image_url: 'https://example.com/a.png', guidance_scale: 36 }, 'less_than_equal'],
  ])('cannot take %o', async (input, type) => {
    expect(await run(endpoint, { prompt: 'a knight', ...input })).toMatchObject({
      status: 422,
      body: { detail: [{ type }] },
    });
  });
});

describe('the stand-in for language models', () => {
  const input = { model: 'google/gemini-2.5-flash', prompt: 'a knight on a bridge' };

  it('enriches a prompt, the same way every time', async () => {
    const { body } = await run('openrouter/router', input);
    expect(body.output).toMatch(/^a knight on a bridge, .*light/);
    expect((await run('openrouter/router', input)).body.output).toBe(body.output);
  });

  it('translates Russian from its small dictionary and spells the rest', async () => {
    const prompt = 'TOK рыцарь в сияющих доспехах, Щука';
    const { body } = await run('openrouter/router', {
      ...input,
      prompt,
      system_prompt: 'Translate to English',
    });
    expect(body.output).toBe('TOK knight in shining armor, shchuka');
  });

  it('needs a prompt and a model', async () => {
    expect((await run('openrouter/router', { prompt: 'x' })).status).toBe(422);
  });

  it('says what can be measured of a picture', async () => {
    const url = `data:image/png;base64,${(await blue()).toString('base64')}`;
    const { body } = await run('openrouter/router/vision', { ...input, image_urls: [url] });
    expect(body.output).toMatch(/landscape format, mostly blue/);
  });
});

import { writeFile } from 'node:fs/promises';
import { createFalClient } from '@fal-ai/client';
import { Bot, InputFile } from 'grammy';

/**
 * What most bots do: the handler waits for `fal.subscribe` with its defaults, downloads the picture and sends it.
 * Times are milliseconds since 1970, in the order of the requests.
 */
export async function runNaive(options: {
  queueUrl: string;
  falKey: string;
  telegram: { url: string; token: string } | null;
  folder: string;
  requests: number;
}): Promise<Array<{ seed: number; requested: number; stored: number; sent: number | null }>> {
  const fal = createFalClient({
    credentials: options.falKey,
    requestMiddleware: async (request) => ({
      ...request,
      url: request.url.replace('https://queue.fal.run', options.queueUrl),
    }),
  });
  const bot =
    options.telegram === null
      ? null
      : new Bot(options.telegram.token, { client: { apiRoot: options.telegram.url } });
  const done = [];
  for (let request = 0; request < options.requests; request += 1) {
    const seed = 1_000_000 + request;
    const requested = Date.now();
    const { data } = await fal.subscribe('fal-ai/flux-lora', {
      input: {
        prompt: 'TOK in medieval armor',
        loras: [{ path: 'https://v3.fal.media/files/bench/1.safetensors', scale: 1 }],
        image_size: 'square_hd',
        seed,
      },
    });
    const [image] = data.images;
    const response = await fetch(image?.url ?? '');
    const file = `${options.folder}/naive-${request}.jpg`;
    await writeFile(file, Buffer.from(await response.arrayBuffer()));
    const stored = Date.now();
    const sent = bot === null ? null : Date.now();
    if (bot !== null) await bot.api.sendPhoto(1, new InputFile(file));
    done.push({ seed, requested, stored, sent });
  }
  return done;
}

import { readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { carelessly, sharedBelow } from '../support/shared-files.js';
import { clientOf } from './fal/client.js';
import { startTemporaryFal } from './fal/temporary-fal.js';
import { aFolder, aLocalTelegram, anApi } from './telegram/a-local-telegram.js';

test.skipIf(process.platform === 'win32')('what the local Telegram keeps is private', async () => {
  const folder = await aFolder();
  await carelessly(async () => {
    const telegram = await aLocalTelegram({ folder });
    telegram.drive.start(1);
    await telegram.drive.sendDocument(1, { bytes: Buffer.from('mine'), name: 'mine.txt' });
    await anApi(telegram).sendMessage(1, 'hello');
    await telegram.close();
    // A second start writes the journal anew.
    await (await aLocalTelegram({ folder })).close();
  });
  expect((await readdir(folder, { recursive: true })).length).toBeGreaterThan(3);
  expect(await sharedBelow(folder)).toEqual([]);
});

test.skipIf(process.platform === 'win32')('what the local fal keeps is private', async () => {
  await carelessly(async () => {
    const fal = await startTemporaryFal({ imageMilliseconds: 1 });
    const client = clientOf(fal);
    await client.storage.upload(new Blob(['mine'], { type: 'text/plain' }));
    await client.queue.submit('fal-ai/flux-lora', { input: { prompt: 'a knight' } });
    expect((await readdir(fal.folder, { recursive: true })).length).toBeGreaterThan(4);
    expect(await sharedBelow(fal.folder)).toEqual([]);
    await fal.remove();
  });
});

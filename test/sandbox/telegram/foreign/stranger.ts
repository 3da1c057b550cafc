import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished } from 'vitest';
import type { LocalTelegram } from '../../../../src/sandbox/telegram/local-telegram.js';
import { aPicture } from '../demo-bot.js';

/** How a library that knows nothing of this sandbox gets its updates. */
export const ways = ['polling', 'webhook'] as const;

export const webhookSecret = 'a-secret_of-its-own';

/** The picture that each bot of a stranger uploads. */
export const picture = (): Promise<Buffer> => aPicture(320, 200);

/**
 * A person meets a bot in any library: it greets with a button, edits its message when that is pressed, sends a picture
 * from bytes and once more by its id, and reads a file.
 */
export async function expectAStranger({ drive }: LocalTelegram): Promise<void> {
  drive.start(1);
  const hello = await drive.waitForMessage(1, ({ text }) => text === 'Hello, You');
  expect(hello.entities).toEqual([{ type: 'bold', offset: 7, length: 3 }]);
  expect(hello.buttons.flat().map(({ text }) => text)).toEqual(['Press']);
  expect(await drive.tap(1, hello.id, 'Press')).toMatchObject({ text: 'Pressed' });
  const edited = await drive.waitFor(() =>
    drive.messages(1).find(({ id, text }) => id === hello.id && text === 'Edited'),
  );
  expect(edited.isEdited).toBe(true);

  drive.sendText(1, '/photo');
  const uploaded = await drive.waitForMessage(1, ({ caption }) => caption === 'from bytes');
  expect(uploaded.photo?.at(-1)).toMatchObject({ width: 320, height: 200 });
  const again = await drive.waitForMessage(1, ({ caption }) => caption === 'by its id');
  expect(again.photo).toEqual(uploaded.photo);

  await drive.sendDocument(1, { bytes: Buffer.from('twelve bytes'), name: 'a.txt' });
  await drive.waitForMessage(1, ({ text }) => text === 'a.txt: twelve bytes');
}

/** An HTTP server of a stranger's bot, for a webhook; its address. */
export async function listening(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/updates`;
}

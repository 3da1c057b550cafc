import { expect, onTestFinished, test } from 'vitest';
import yazl from 'yazl';
import { userId } from '../../../src/domain/ids.js';
import type { MessageView } from '../../../src/sandbox/telegram/driver/message-view.js';
import { jpegOfManyScans } from '../../support/jpeg-of-many-scans.js';
import { photograph } from '../../support/photographs.js';
import { aBot, type BotWorld } from './a-bot.js';

const has = (text: string) => (message: MessageView) => message.text?.includes(text) ?? false;

async function aDraft({ telegram: { drive } }: BotWorld, person: number): Promise<void> {
  drive.sendText(person, '/new');
  const screen = await drive.waitForMessage(person, has('A new avatar'));
  const type = screen.buttons[0]?.[0]?.data ?? '';
  await drive.tap(person, screen.id, type);
  await drive.waitForMessage(person, has('0 of 10\u00a0photos'));
}

test('the photos of one person hold nobody else up', async () => {
  const people = [1, 2].map((id) => ({ id, firstName: `Person ${id}`, languageCode: 'en' }));
  const bot = await aBot({}, {}, { people });
  const { drive } = bot.telegram;
  const { addPhotos } = bot.dependencies;
  const execute = addPhotos.execute.bind(addPhotos);
  let letGo = () => {};
  const stuck = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  onTestFinished(() => letGo());
  let begun = 0;
  addPhotos.execute = async (sent, by) => {
    if (by.owner === userId('1')) {
      begun += 1;
      await stuck;
    }
    return execute(sent, by);
  };
  await aDraft(bot, 1);
  await aDraft(bot, 2);
  const photo = await photograph(600, 700);
  await drive.sendAlbum(
    1,
    Array.from({ length: 10 }, () => photo),
  );
  await expect.poll(() => begun).toBe(2);
  await drive.sendPhoto(2, photo);
  await drive.waitForMessage(2, has('1 of 10\u00a0photos'));
  expect(begun).toBe(2);
  letGo();
});

test('a JPEG of very many scans is refused in a ZIP too, and the photos beside it are taken', async () => {
  const bot = await aBot();
  const { drive } = bot.telegram;
  await aDraft(bot, 1);
  const zip = new yazl.ZipFile();
  zip.addBuffer(await photograph(600, 700, { seed: 1 }), 'one.jpg');
  zip.addBuffer(jpegOfManyScans(1000, 1000, 1500), 'trap.jpg');
  zip.addBuffer(await photograph(600, 700, { seed: 2 }), 'two.jpg');
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(Buffer.from(chunk));
  await drive.sendDocument(1, { bytes: Buffer.concat(chunks), name: 'all.zip', type: 'application/zip' });
  const refused = await drive.waitForMessage(1, has('1\u00a0photo didn’t make it'));
  expect(refused.text).toContain('2 · trap.jpg: takes too long to open');
  await drive.waitForMessage(1, has('2 of 10\u00a0photos'));
});

import { expect, it } from 'vitest';
import { zipOf } from '../sandbox/fal/zip.js';
import { heicFixture, phonePhoto } from '../support/phone-photo.js';
import { aStartedChat, type Chat, wordsOf } from './a-chat.js';

/** By the chat's own way: the paper clip, "File", and what the system's window gives. */
async function sendsFiles(chat: Chat, ...files: { name: string; mimeType: string; buffer: Buffer }[]) {
  await chat.page.getByRole('button', { name: 'Attach' }).click();
  const chooser = chat.page.waitForEvent('filechooser');
  await chat.page.getByRole('menuitem', { name: 'File' }).click();
  await (await chooser).setFiles(files);
  await chat.page.getByRole('dialog').getByRole('button', { name: 'Send', exact: true }).click();
}

it('takes what an iPhone gives, as a file and in a ZIP, and shows what is broken', async () => {
  const { chat } = await aStartedChat();
  await chat.say('/new');
  await chat.tap('person');
  await chat.answer('Send at least 10\u00a0photos').waitFor();
  await chat.say('Ada');
  await chat.answer(/Ada · /).waitFor();
  await chat.tap('It’s me');
  await chat.toast('noted');

  // Browsers name no type for it where the system knows none.
  await sendsFiles(chat, { name: 'IMG_0001.HEIC', mimeType: '', buffer: heicFixture('portrait') });
  await chat.answer(/Ada · .*1 of 10\u00a0photos/s).waitFor();

  const archive = zipOf({
    'IMG_0001.HEIC': heicFixture('portrait'),
    'IMG_0002.HEIC': heicFixture('grain'),
    'IMG_0003.HEIC': phonePhoto().subarray(0, -60),
  });
  await sendsFiles(chat, { name: 'iPhone.zip', mimeType: 'application/zip', buffer: archive });
  const verdicts = chat.answer('IMG_0003.HEIC: the file is damaged');
  await verdicts.waitFor();
  const words = await wordsOf(verdicts);
  expect(words).toContain('1 · IMG_0001.HEIC: the same as one you sent before');
  expect(words).toContain('2 · I can’t see a face');
  expect(await verdicts.locator('img').count()).toBe(1);
  await chat.shot('phone-photos-verdicts');
});

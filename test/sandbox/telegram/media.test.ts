import { InputFile, InputMediaBuilder } from 'grammy';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { aBot, aLocalTelegram, anApi, eventually } from './a-local-telegram.js';

const aPicture = (width: number, height: number, background = '#3478c6'): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer();

async function aStartedChat() {
  const telegram = await aLocalTelegram();
  telegram.drive.start(1);
  return { telegram, api: anApi(telegram) };
}

test('a photo is made smaller and kept in several sizes, and can be sent again by its id', async () => {
  const { telegram, api } = await aStartedChat();

  const sent = await api.sendPhoto(1, new InputFile(await aPicture(2048, 1024), 'big.png'), {
    caption: '<b>x</b>',
  });

  expect(sent.photo.map(({ width, height }) => [width, height])).toEqual([
    [90, 45],
    [320, 160],
    [800, 400],
    [1280, 640],
  ]);
  const again = await api.sendPhoto(1, sent.photo[0]?.file_id ?? '');
  expect(again.photo).toEqual(sent.photo);
  expect(telegram.drive.messages(1).at(-2)).toMatchObject({ caption: '<b>x</b>', captionEntities: [] });
});

test('a bot downloads what a person sent', async () => {
  const { telegram, api } = await aStartedChat();
  const bytes = await aPicture(700, 600);
  const { document } = await telegram.drive.sendDocument(1, { bytes, name: 'me.png' });

  const file = await api.getFile(document?.file_id ?? '');
  const response = await fetch(`${telegram.url}/file/bot${telegram.token}/${file.file_path}`);

  expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
  expect(document).toMatchObject({ file_name: 'me.png', mime_type: 'image/png', thumbnail: { width: 320 } });
});

test('an album of a person arrives as one update for each photo', async () => {
  const { telegram } = await aStartedChat();
  const albums: (string | undefined)[] = [];
  await aBot(telegram, (bot) => {
    bot.on('message:photo', (context) => {
      albums.push(context.message.media_group_id);
    });
  });

  const colors = ['#a00', '#0a0', '#00a'];
  await telegram.drive.sendAlbum(1, await Promise.all(colors.map((color) => aPicture(600, 600, color))));

  await eventually(() => albums).toHaveLength(3);
  expect(new Set(albums).size).toBe(1);
});

test('a bot sends an album', async () => {
  const { telegram, api } = await aStartedChat();
  const photo = InputMediaBuilder.photo(new InputFile(await aPicture(100, 100), 'a.png'), { caption: 'two' });
  const other = InputMediaBuilder.photo(new InputFile(await aPicture(100, 100, '#fff'), 'b.png'));

  const sent = await api.sendMediaGroup(1, [photo, other]);

  expect(sent).toHaveLength(2);
  const [first, second] = telegram.drive.messages(1).slice(-2);
  expect(first).toMatchObject({ caption: 'two', albumId: second?.albumId });
});

const refusedPhotos = {
  'a ratio over 20': [() => aPicture(2100, 100), 'PHOTO_INVALID_DIMENSIONS'],
  'sides that sum to more than 10000': [() => aPicture(6000, 4001), 'PHOTO_INVALID_DIMENSIONS'],
  'no picture': [async () => Buffer.from('hello'), 'IMAGE_PROCESS_FAILED'],
  'more than 10 MB': [
    async () => Buffer.alloc(10 * 1024 * 1024 + 1),
    'file of size 10485761 bytes is too big for a photo; the maximum size is 10485760 bytes',
  ],
  'nothing in it': [async () => Buffer.alloc(0), 'file must be non-empty'],
} as const;

test.each(Object.entries(refusedPhotos))('a photo with %s is refused', async (_, [bytes, reason]) => {
  const { api } = await aStartedChat();

  await expect(api.sendPhoto(1, new InputFile(await bytes(), 'x.png'))).rejects.toThrow(
    `Bad Request: ${reason}`,
  );
});

test('a photo cannot be sent again as a document, nor the other way round', async () => {
  const { api } = await aStartedChat();
  const bytes = await aPicture(100, 100);
  const { photo } = await api.sendPhoto(1, new InputFile(bytes, 'a.png'));
  const { document } = await api.sendDocument(1, new InputFile(bytes, 'a.png'));

  await expect(api.sendDocument(1, photo[0]?.file_id ?? '')).rejects.toThrow(
    "can't use file of type Photo as Document",
  );
  await expect(api.sendPhoto(1, document.file_id)).rejects.toThrow(
    "can't use file of type Document as Photo",
  );
  await expect(api.sendPhoto(1, 'nonsense')).rejects.toThrow('wrong file identifier/HTTP URL specified');
});

test('documents over 50 MB are refused, downloads over 20 MB too', async () => {
  const { telegram, api } = await aStartedChat();
  const large = new Uint8Array(20 * 1024 * 1024 + 1);
  const { document } = await telegram.drive.sendDocument(1, { bytes: large, name: 'large.bin' });

  await expect(api.getFile(document?.file_id ?? '')).rejects.toThrow('Bad Request: file is too big');
  const tooLarge = new InputFile(new Uint8Array(50 * 1024 * 1024 + 1), 'x.bin');
  await expect(api.sendDocument(1, tooLarge)).rejects.toThrow('413: Request Entity Too Large');
});

test('a picture is covered where the bot says so, alone and in an album', async () => {
  const telegram = await aLocalTelegram();
  telegram.drive.start(1);
  const api = anApi(telegram);
  const picture = async () => new InputFile(await aPicture(64, 64), 'a.png');
  await api.sendPhoto(1, await picture());
  expect(telegram.drive.lastMessage(1)?.isCovered).toBeUndefined();
  expect(await api.sendPhoto(1, await picture(), { has_spoiler: true })).toMatchObject({
    has_media_spoiler: true,
  });
  expect(telegram.drive.lastMessage(1)?.isCovered).toBe(true);
  const album = [await picture(), await picture()].map((media) =>
    InputMediaBuilder.photo(media, { has_spoiler: true }),
  );
  for (const sent of await api.sendMediaGroup(1, album))
    expect(sent).toMatchObject({ has_media_spoiler: true });
});

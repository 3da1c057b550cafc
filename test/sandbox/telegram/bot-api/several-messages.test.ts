import { InputFile, InputMediaBuilder } from 'grammy';
import { expect, test } from 'vitest';
import { aLocalTelegram, anApi } from '../a-local-telegram.js';
import { aPicture } from '../demo-bot.js';

async function anAlbum() {
  const telegram = await aLocalTelegram();
  telegram.drive.start(1);
  const api = anApi(telegram);
  const bytes = await aPicture(64, 64);
  const album = await api.sendMediaGroup(
    1,
    ['one', 'two'].map((caption) => InputMediaBuilder.photo(new InputFile(bytes, 'a.png'), { caption })),
  );
  return { api, telegram, album, ids: album.map(({ message_id }) => message_id) };
}

const last = (all: readonly unknown[], count: number) => all.slice(-count);

test('several messages are copied at once, and an album stays one', async () => {
  const { api, telegram, album, ids } = await anAlbum();
  const copies = await api.copyMessages(1, 1, [...ids, 999], { remove_caption: true });

  expect(copies).toHaveLength(2);
  const shown = last(telegram.drive.messages(1), 2) as { id: number; albumId?: string; caption?: string }[];
  expect(shown.map(({ id }) => id)).toEqual(copies.map(({ message_id }) => message_id));
  expect(new Set(shown.map(({ albumId }) => albumId)).size).toBe(1);
  expect(shown[0]?.albumId).toMatch(/^\d+$/);
  expect(album[0]).not.toMatchObject({ media_group_id: shown[0]?.albumId });
  expect(shown.map(({ caption }) => caption)).toEqual([undefined, undefined]);
  await expect(api.copyMessages(1, 1, [999])).rejects.toThrow('message to copy not found');
});

test('several messages are forwarded at once, without those that are protected', async () => {
  const { api, telegram, ids } = await anAlbum();
  const { message_id } = await api.sendMessage(1, 'mine', { protect_content: true });
  const forwards = await api.forwardMessages(1, 1, [...ids, message_id]);

  expect(forwards).toHaveLength(2);
  expect(last(telegram.drive.messages(1), 2)).toMatchObject([{ caption: 'one' }, { caption: 'two' }]);
  await expect(api.forwardMessages(1, 1, [message_id])).rejects.toThrow('message to forward not found');
});

test('what is no list of messages is refused', async () => {
  const { api } = await anAlbum();
  const refusal = (ids: unknown) => expect(api.deleteMessages(1, ids as number[])).rejects;
  await refusal([]).toThrow('message identifiers are not specified');
  await refusal({}).toThrow('expected an Array of message identifiers');
  await refusal([0]).toThrow('invalid message identifier specified');
  await refusal(['x']).toThrow("can't parse message identifier as Number");
  await refusal(Array.from({ length: 101 }, () => 1)).toThrow('too many message identifiers specified');
});

test('an album of one is taken as the one photo that it is', async () => {
  const { api } = await anAlbum();
  const photo = new InputFile(await aPicture(64, 64), 'a.png');
  const above = { caption: 'x', show_caption_above_media: true };
  const [only, ...others] = await api.sendMediaGroup(1, [InputMediaBuilder.photo(photo, above)]);

  expect(others).toEqual([]);
  expect(only).toMatchObject(above);
  expect(only).not.toHaveProperty('media_group_id');
});

test('a caption over a photo stays there when it is copied, and edits say anew where it stands', async () => {
  const { api, telegram } = await anAlbum();
  const bytes = new InputFile(await aPicture(64, 64), 'a.png');
  const above = { show_caption_above_media: true };
  const sent = await api.sendPhoto(1, bytes, { caption: 'x', has_spoiler: true, ...above });
  const copy = await api.copyMessage(1, 1, sent.message_id);

  expect(telegram.drive.messages(1).at(-1)).toMatchObject({ isCaptionAbove: true, isCovered: true });
  const below = await api.editMessageCaption(1, copy.message_id, { caption: 'y' });
  expect(below).not.toHaveProperty('show_caption_above_media');
  expect(await api.editMessageCaption(1, copy.message_id, { caption: 'z', ...above })).toMatchObject(above);
  const photo = { type: 'photo' as const, media: sent.photo[0]?.file_id ?? '', caption: 'n', ...above };
  expect(await api.editMessageMedia(1, copy.message_id, photo)).toMatchObject(above);
});

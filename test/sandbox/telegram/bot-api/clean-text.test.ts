import { InlineKeyboard } from 'grammy';
import { expect, test } from 'vitest';
import { aLocalTelegram, anApi } from '../a-local-telegram.js';

async function aChat() {
  const telegram = await aLocalTelegram();
  telegram.drive.start(1);
  return { telegram, api: anApi(telegram) };
}

const notUtf8 = 'Bad Request: strings must be encoded in UTF-8';

test('control characters become spaces, and what turns lines around goes', async () => {
  const { api } = await aChat();
  const said = async (text: string) => (await api.sendMessage(1, text)).text;
  expect(await said('a\u0000b\tc\u001fd\ne\r\nf')).toBe('a b c d\ne\nf');
  expect(await said('a\u202eb\u2028c\u030ad\u033fe')).toBe('abcde');
  expect(await said('a\u200e\u200f\u200eb')).toBe('a\u200c\u200c\u200eb');
  expect(await said('a\u007fb')).toBe('a\u007fb');
  await expect(said('\u0000\u0001')).rejects.toThrow('text must be non-empty');
});

test('entities move with what is left out before them', async () => {
  const { api } = await aChat();
  const sent = await api.sendMessage(1, '\u202e\r<b>bo\u202eld</b> \u0007<i>x</i>', { parse_mode: 'HTML' });
  expect(sent.text).toBe('bold  x');
  expect(sent.entities).toEqual([
    { type: 'bold', offset: 0, length: 4 },
    { type: 'italic', offset: 6, length: 1 },
  ]);
});

test('half of an emoji is refused, in a text, a caption and the text of a button', async () => {
  const { api } = await aChat();
  const half = '🎨'.slice(0, 1);
  await expect(api.sendMessage(1, `a ${half}`)).rejects.toMatchObject({ description: notUtf8 });
  const reply_markup = new InlineKeyboard().text(half, 'x');
  await expect(api.sendMessage(1, 'a', { reply_markup })).rejects.toThrow(
    'inline keyboard button text must be encoded in UTF-8',
  );
});

test('bytes of another encoding are refused, however they are sent', async () => {
  const { telegram } = await aChat();
  const latin = Buffer.from('grüße', 'latin1');
  const parts = (type: string, before: string, after = '') => ({
    method: 'POST',
    headers: { 'content-type': type },
    body: Buffer.concat([Buffer.from(before), latin, Buffer.from(after)]),
  });
  const field = (name: string) => `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n`;
  for (const request of [
    parts('application/json', '{"chat_id":1,"text":"', '"}'),
    parts('application/x-www-form-urlencoded', 'chat_id=1&text='),
    parts('multipart/form-data; boundary=x', `${field('chat_id')}1\r\n${field('text')}`, '\r\n--x--\r\n'),
  ]) {
    const response = await fetch(`${telegram.url}/bot${telegram.token}/sendMessage`, request);
    expect(await response.json()).toMatchObject({ error_code: 400, description: notUtf8 });
  }
});

test('callback data is bytes: what is in it comes back as it was', async () => {
  const { telegram, api } = await aChat();
  const data = 'a\u0000\u001f\u202eb';
  const { message_id } = await api.sendMessage(1, 'x', {
    reply_markup: new InlineKeyboard().text('b', data),
  });
  void telegram.drive.tap(1, message_id, 'b', { timeout: 10 });
  expect((await api.getUpdates()).at(-1)?.callback_query?.data).toBe(data);
});

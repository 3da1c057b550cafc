import { InlineKeyboard, InputFile, InputMediaBuilder } from 'grammy';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { aLocalTelegram, anApi } from './a-local-telegram.js';

async function aStartedChat() {
  const telegram = await aLocalTelegram();
  telegram.drive.start(1);
  return { telegram, api: anApi(telegram) };
}

const photo = async () =>
  new InputFile(
    await sharp({ create: { width: 64, height: 64, channels: 3, background: '#36c' } })
      .png()
      .toBuffer(),
    'a.png',
  );

test('limits count code points, and entity offsets UTF-16 units', async () => {
  const { api } = await aStartedChat();

  expect((await api.sendMessage(1, '🎨'.repeat(4096))).text).toHaveLength(8192);
  const { entities } = await api.sendMessage(1, '🎨 <b>bold</b>', { parse_mode: 'HTML' });
  expect(entities).toEqual([{ type: 'bold', offset: 3, length: 4 }]);
});

test('markup becomes entities', async () => {
  const { api } = await aStartedChat();
  const source =
    '<b>a <i>b</i></b> &lt;TOK&gt; <a href="https://x.org/?a=1&amp;b=2">l</a> <pre><code class="language-js">c</code></pre> <blockquote expandable>q</blockquote>';

  const { text, entities } = await api.sendMessage(1, source, { parse_mode: 'HTML' });

  expect(text).toBe('a b <TOK> l c q');
  expect(entities).toEqual([
    { type: 'bold', offset: 0, length: 3 },
    { type: 'italic', offset: 2, length: 1 },
    { type: 'text_link', offset: 10, length: 1, url: 'https://x.org/?a=1&b=2' },
    { type: 'pre', offset: 12, length: 1, language: 'js' },
    { type: 'expandable_blockquote', offset: 14, length: 1 },
  ]);
});

test('MarkdownV2 becomes entities', async () => {
  const { api } = await aStartedChat();

  const sent = await api.sendMessage(1, '*b _i_* \\<TOK\\> [l](https://x.org) `c\\_` ||s||', {
    parse_mode: 'MarkdownV2',
  });

  expect(sent.text).toBe('b i <TOK> l c_ s');
  expect(sent.entities?.map(({ type, offset, length }) => [type, offset, length])).toEqual([
    ['bold', 0, 3],
    ['italic', 2, 1],
    ['text_link', 10, 1],
    ['code', 12, 2],
    ['spoiler', 15, 1],
  ]);
});

test('quotes and code in MarkdownV2', async () => {
  const { api } = await aStartedChat();

  const sent = await api.sendMessage(1, 'a\n>q\n>r\nb\n```js\nx \\`y\n```', { parse_mode: 'MarkdownV2' });

  expect(sent.text).toBe('a\nq\nr\nb\nx `y');
  expect(sent.entities).toEqual([
    { type: 'blockquote', offset: 2, length: 3 },
    { type: 'pre', offset: 8, length: 4, language: 'js' },
  ]);
});

test('a moment becomes an entity', async () => {
  const { api } = await aStartedChat();

  const sent = await api.sendMessage(1, '<tg-time unix="1700000000" format="wDT">then</tg-time>', {
    parse_mode: 'HTML',
  });

  expect(sent.entities).toEqual([
    { type: 'date_time', offset: 0, length: 4, unix_time: 1_700_000_000, date_time_format: 'wDT' },
  ]);
});

test('an edit that changes nothing is refused; one without a keyboard takes the keyboard away', async () => {
  const { telegram, api } = await aStartedChat();
  const reply_markup = new InlineKeyboard().text('b', 'b');
  const { message_id } = await api.sendMessage(1, 'one', { reply_markup });

  await expect(api.editMessageText(1, message_id, 'one', { reply_markup })).rejects.toThrow(
    'message is not modified: specified new message content and reply markup are exactly the same',
  );
  await api.editMessageText(1, message_id, 'one');

  expect(telegram.drive.lastMessage(1)).toMatchObject({ buttons: [], edits: 1, isEdited: false });
});

test('the text of a photo cannot be edited, nor the caption of a text', async () => {
  const { api } = await aStartedChat();
  const sent = await api.sendPhoto(1, await photo());
  const text = await api.sendMessage(1, 'x');

  await expect(api.editMessageText(1, sent.message_id, 'x')).rejects.toThrow(
    'there is no text in the message to edit',
  );
  await expect(api.editMessageCaption(1, text.message_id, { caption: 'x' })).rejects.toThrow(
    'there is no caption in the message to edit',
  );
  await expect(api.editMessageText(1, text.message_id, 'x'.repeat(4097))).rejects.toThrow('MESSAGE_TOO_LONG');
});

test('a photo is replaced with its caption', async () => {
  const { telegram, api } = await aStartedChat();
  const sent = await api.sendPhoto(1, await photo(), { caption: 'old' });
  const other = await sharp({ create: { width: 32, height: 16, channels: 3, background: '#c33' } })
    .png()
    .toBuffer();

  await api.editMessageMedia(
    1,
    sent.message_id,
    InputMediaBuilder.photo(new InputFile(other), { caption: 'new' }),
  );

  expect(telegram.drive.lastMessage(1)).toMatchObject({ caption: 'new', photo: [{ width: 32, height: 16 }] });
});

test('a callback query takes one answer', async () => {
  const { telegram, api } = await aStartedChat();
  const { message_id } = await api.sendMessage(1, 'x', { reply_markup: new InlineKeyboard().text('b', 'b') });
  const tapped = telegram.drive.tap(1, message_id, 'b');
  const updates = await api.getUpdates();
  const id = updates.at(-1)?.callback_query?.id ?? '';

  await api.answerCallbackQuery(id, { text: 'yes' });

  expect(await tapped).toMatchObject({ text: 'yes' });
  await expect(api.answerCallbackQuery(id)).rejects.toThrow('query is too old');
});

test('a callback query that waited too long takes no answer', async () => {
  let now = Date.now();
  const telegram = await aLocalTelegram({ now: () => new Date(now) });
  const api = anApi(telegram);
  telegram.drive.start(1);
  const { message_id } = await api.sendMessage(1, 'x', { reply_markup: new InlineKeyboard().text('b', 'b') });
  const tapped = telegram.drive.tap(1, message_id, 'b', { timeout: 10 });
  const id = (await api.getUpdates()).at(-1)?.callback_query?.id ?? '';
  now += 60_000;

  await expect(api.answerCallbackQuery(id)).rejects.toThrow('query is too old and response timeout expired');
  expect(await tapped).toBe('unanswered');
});

test('someone who blocked the bot gets nothing until they unblock it', async () => {
  const { telegram, api } = await aStartedChat();
  telegram.drive.block(1);

  await expect(api.sendMessage(1, 'x')).rejects.toMatchObject({
    error_code: 403,
    description: 'Forbidden: bot was blocked by the user',
  });
  telegram.drive.unblock(1);
  await api.sendMessage(1, 'x');

  const members = (await api.getUpdates()).flatMap(({ my_chat_member }) => my_chat_member ?? []);
  expect(members.map(({ new_chat_member }) => new_chat_member.status)).toEqual(['kicked', 'member']);
});

test('an unknown method, a wrong token and a strange token are told apart', async () => {
  const { telegram } = await aStartedChat();
  const ask = async (path: string) => {
    const response = await fetch(`${telegram.url}${path}`);
    return [response.status, ((await response.json()) as { description: string }).description];
  };

  expect(await ask(`/bot${telegram.token}/sendDance`)).toEqual([404, 'Not Found: method not found']);
  expect(await ask('/bot2:other/getMe')).toEqual([401, 'Unauthorized']);
  expect(await ask('/bot!/getMe')).toEqual([404, 'Not Found']);
});

test('parameters may come urlencoded and as a query', async () => {
  const { telegram } = await aStartedChat();
  const body = new URLSearchParams({
    chat_id: '1',
    text: 'x',
    reply_markup: '{"inline_keyboard":[[{"text":"b","callback_data":"b"}]]}',
  });

  const response = await fetch(`${telegram.url}/bot${telegram.token}/SENDMESSAGE?disable_notification=true`, {
    method: 'POST',
    body,
  });

  expect(response.status).toBe(200);
  expect(telegram.drive.lastMessage(1)).toMatchObject({ text: 'x', buttons: [[{ text: 'b', data: 'b' }]] });
});

test('copies and forwards', async () => {
  const { telegram, api } = await aStartedChat();
  const { message_id } = await api.sendPhoto(1, await photo(), { caption: 'one' });

  await api.copyMessage(1, 1, message_id, { caption: 'two' });
  await api.forwardMessage(1, 1, message_id);

  const [copied, forwarded] = telegram.drive.messages(1).slice(-2);
  expect(copied).toMatchObject({ caption: 'two' });
  expect(copied).not.toHaveProperty('forwardedFrom');
  expect(forwarded).toMatchObject({ caption: 'one', forwardedFrom: 'Sandbox bot' });
});

test('a protected message is not forwarded by anybody, but bots may copy it', async () => {
  const { telegram, api } = await aStartedChat();
  const album = [await photo(), await photo()].map((media) => ({ type: 'photo' as const, media }));
  const sent = [
    await api.sendMessage(1, 'secret', { protect_content: true }),
    ...(await api.sendMediaGroup(1, album, { protect_content: true })),
  ];
  for (const { message_id, has_protected_content } of sent) {
    expect(has_protected_content).toBe(true);
    await expect(api.forwardMessage(1, 1, message_id)).rejects.toThrow(
      "Bad Request: message has protected content and can't be forwarded",
    );
    expect(() => telegram.drive.forward(1, message_id, 1)).toThrow('is protected');
  }
  expect(telegram.drive.messages(1).slice(-3)).toMatchObject(sent.map(() => ({ isProtected: true })));
  await api.copyMessage(1, 1, sent[0]?.message_id ?? 0);
  expect(telegram.drive.lastMessage(1)).toMatchObject({ text: 'secret' });
  expect(telegram.drive.lastMessage(1)).not.toHaveProperty('isProtected');
  const open = await api.sendMessage(1, 'open');
  const forwarded = await api.forwardMessage(1, 1, open.message_id, { protect_content: true });
  expect(forwarded.has_protected_content).toBe(true);
});

test('a message that is gone for 48 hours cannot be deleted', async () => {
  let now = Date.now();
  const telegram = await aLocalTelegram({ now: () => new Date(now) });
  const api = anApi(telegram);
  telegram.drive.start(1);
  const old = await api.sendMessage(1, 'old');
  now += 49 * 60 * 60 * 1000;
  const fresh = await api.sendMessage(1, 'fresh');

  await expect(api.deleteMessage(1, old.message_id)).rejects.toThrow("message can't be deleted");
  await api.deleteMessage(1, fresh.message_id);
  expect(telegram.drive.lastMessage(1)?.text).toBe('old');
});

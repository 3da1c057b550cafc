import { InlineKeyboard, InputFile, InputMediaBuilder } from 'grammy';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { aLocalTelegram, anApi } from './a-local-telegram.js';

const aPicture = sharp({ create: { width: 64, height: 64, channels: 3, background: '#36c' } }).png();

async function aStartedChat() {
  const telegram = await aLocalTelegram();
  telegram.drive.start(1);
  return { telegram, api: anApi(telegram) };
}
type Api = Awaited<ReturnType<typeof aStartedChat>>['api'];

const html = (text: string) => (api: Api) => api.sendMessage(1, text, { parse_mode: 'HTML' });
const markdown = (text: string) => (api: Api) => api.sendMessage(1, text, { parse_mode: 'MarkdownV2' });
const button = (...rows: object[][]) => ({ reply_markup: { inline_keyboard: rows as never } });
const photo = async () => new InputFile(await aPicture.toBuffer(), 'a.png');

const refusals: Record<string, [call: (api: Api) => Promise<unknown>, description: string]> = {
  'an empty text': [(api) => api.sendMessage(1, ''), 'message text is empty'],
  'a blank text': [(api) => api.sendMessage(1, ' \n '), 'text must be non-empty'],
  'a text of 4097': [(api) => api.sendMessage(1, 'x'.repeat(4097)), 'message is too long'],
  'a caption of 1025': [
    async (api) => api.sendPhoto(1, await photo(), { caption: 'x'.repeat(1025) }),
    'message caption is too long',
  ],
  'an unknown tag': [
    html('a <TOK> b'),
    'can\'t parse entities: Unsupported start tag "tok" at byte offset 2',
  ],
  'an offset in bytes': [html('я <x>'), 'can\'t parse entities: Unsupported start tag "x" at byte offset 3'],
  'an open tag': [
    html('<b>bold'),
    'can\'t parse entities: Can\'t find end tag corresponding to start tag "b"',
  ],
  'a crossed tag': [
    html('<b><i>x</b></i>'),
    'can\'t parse entities: Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
  ],
  'a lone end tag': [html('x</b>'), "can't parse entities: Unexpected end tag at byte offset 1"],
  'a bare less-than': [html('1 < 2'), 'can\'t parse entities: Unsupported start tag "" at byte offset 2'],
  'an unclosed start': [html('x <b'), "can't parse entities: Unclosed start tag at byte offset 2"],
  'a plain span': [
    html('<span>x</span>'),
    'can\'t parse entities: Tag "span" must have class "tg-spoiler" at byte offset 0',
  ],
  'a bare dot in Markdown': [
    markdown('Hello.'),
    "can't parse entities: Character '.' is reserved and must be escaped with the preceding '\\'",
  ],
  'open bold in Markdown': [
    markdown('a *b'),
    "can't parse entities: Can't find end of Bold entity at byte offset 2",
  ],
  'an unknown parse mode': [
    (api) => api.sendMessage(1, 'x', { parse_mode: 'BBCode' as never }),
    'unsupported parse_mode',
  ],
  'an entity past the end': [
    (api) => api.sendMessage(1, 'abc', { entities: [{ type: 'bold', offset: 1, length: 3 }] }),
    'entity beginning at UTF-16 offset 1 ends after the end of the text at UTF-16 offset 4',
  ],
  'a link entity that leads nowhere': [
    (api) =>
      api.sendMessage(1, 'abc', { entities: [{ type: 'text_link', offset: 0, length: 3, url: 'nowhere' }] }),
    "entity URL 'nowhere' is invalid: Wrong HTTP URL",
  ],
  'callback data of 65 bytes': [
    (api) => api.sendMessage(1, 'x', { reply_markup: new InlineKeyboard().text('b', `${'я'.repeat(32)}x`) }),
    'BUTTON_DATA_INVALID',
  ],
  'a button that does nothing': [
    (api) => api.sendMessage(1, 'x', button([{ text: 'b' }])),
    "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
  ],
  'a button without text': [
    (api) => api.sendMessage(1, 'x', button([{ callback_data: 'b' }])),
    'can\'t parse inline keyboard button: Can\'t find field "text"',
  ],
  'nine buttons in a row': [
    (api) =>
      api.sendMessage(1, 'x', button(Array.from({ length: 9 }, () => ({ text: 'b', callback_data: 'b' })))),
    'REPLY_MARKUP_TOO_LONG',
  ],
  'a button with a strange address': [
    (api) => api.sendMessage(1, 'x', button([{ text: 'b', url: 'ftp://example.com' }])),
    "inline keyboard button URL 'ftp://example.com' is invalid: Unsupported URL protocol",
  ],
  'an empty reply keyboard': [
    (api) => api.sendMessage(1, 'x', { reply_markup: { keyboard: [] } }),
    'reply keyboard must be non-empty',
  ],
  'a chat nobody knows': [(api) => api.sendMessage(99, 'x'), 'chat not found'],
  'an answer to nothing': [
    (api) => api.sendMessage(1, 'x', { reply_parameters: { message_id: 999 } }),
    'message to be replied not found',
  ],
  'an edit of nothing': [(api) => api.editMessageText(1, 999, 'x'), 'message to edit not found'],
  "an edit of a person's message": [(api) => api.editMessageText(1, 1, 'x'), "message can't be edited"],
  'a deletion of nothing': [(api) => api.deleteMessage(1, 999), 'message to delete not found'],
  'an album of one': [
    async (api) => api.sendMediaGroup(1, [InputMediaBuilder.photo(await photo())]),
    'too few messages to send as an album',
  ],
  'an album of eleven': [
    async (api) => {
      const bytes = await photo();
      return api.sendMediaGroup(
        1,
        Array.from({ length: 11 }, () => InputMediaBuilder.photo(bytes)),
      );
    },
    'too many messages to send as an album',
  ],
  'a mixed album': [
    async (api) =>
      api.sendMediaGroup(1, [
        InputMediaBuilder.photo(await photo()),
        InputMediaBuilder.document(await photo()),
      ] as never),
    "document can't be mixed with other media types",
  ],
  'an unknown callback query': [
    (api) => api.answerCallbackQuery('1'),
    'query is too old and response timeout expired or query ID is invalid',
  ],
  'an alert of 201': [(api) => api.answerCallbackQuery('1', { text: 'x'.repeat(201) }), 'MESSAGE_TOO_LONG'],
  'a command with a capital': [
    (api) => api.setMyCommands([{ command: 'Start', description: 'x' }]),
    'BOT_COMMAND_INVALID',
  ],
  'an unknown chat action': [
    (api) => api.sendChatAction(1, 'dancing' as never),
    'wrong parameter action in request',
  ],
  'a free invoice': [
    (api) => api.sendInvoice(1, 'title', 'description', 'payload', 'XTR', [{ label: 'x', amount: 0 }]),
    'STARS_INVOICE_INVALID',
  ],
  'a missing photo': [
    (api) => api.raw.sendPhoto({ chat_id: 1, photo: '' }),
    'there is no photo in the request',
  ],
  'a strange secret': [
    (api) => api.setWebhook('https://example.com/', { secret_token: 'a b' }),
    'secret token contains unallowed characters',
  ],
  'a webhook without https': [
    (api) => api.setWebhook('http://example.com/'),
    'bad webhook: An HTTPS URL must be provided for webhook',
  ],
};

test.each(Object.entries(refusals))('%s is refused in Telegram’s words', async (_, [call, description]) => {
  const { api } = await aStartedChat();

  await expect(call(api)).rejects.toMatchObject({
    error_code: 400,
    description: `Bad Request: ${description}`,
  });
});

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

  expect(await ask('/bot1:sandbox/sendDance')).toEqual([404, 'Not Found: method not found']);
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

  const response = await fetch(`${telegram.url}/bot1:sandbox/SENDMESSAGE?disable_notification=true`, {
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
  expect(forwarded).toMatchObject({ caption: 'one', forwardedFrom: 'Aisha' });
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

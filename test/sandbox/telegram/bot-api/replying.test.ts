import { expect, test } from 'vitest';
import { aLocalTelegram, anApi } from '../a-local-telegram.js';

async function aMessage() {
  const telegram = await aLocalTelegram();
  telegram.drive.start(1);
  const api = anApi(telegram);
  const { message_id } = await api.sendMessage(1, 'one 🎨 two one');
  return { api, message_id };
}

test('a reply quotes what the message says', async () => {
  const { api, message_id } = await aMessage();
  const quoted = async (quote: string, more = {}) =>
    (await api.sendMessage(1, 'x', { reply_parameters: { message_id, quote, ...more } })).quote;

  expect(await quoted('two')).toEqual({ text: 'two', position: 7, is_manual: true });
  expect(await quoted('one')).toMatchObject({ position: 0 });
  expect(await quoted('one', { quote_position: 11 })).toMatchObject({ position: 11 });
  expect(await quoted('<b>two</b>', { quote_parse_mode: 'HTML' })).toEqual({
    text: 'two',
    position: 7,
    is_manual: true,
    entities: [{ type: 'bold', offset: 0, length: 3 }],
  });
  await expect(quoted('three')).rejects.toThrow('QUOTE_TEXT_INVALID');
});

test('a message in another chat cannot be answered here', async () => {
  const { api, message_id } = await aMessage();
  const answer = (chat_id: number) => api.sendMessage(1, 'x', { reply_parameters: { message_id, chat_id } });
  expect((await answer(1)).reply_to_message).toMatchObject({ message_id });
  await expect(answer(-1_001_000_000_001)).rejects.toThrow(
    'the sandbox does not know replies to another chat yet',
  );
});

test('nobody has topics or a business account', async () => {
  const { api, message_id } = await aMessage();
  const group = -1_001_000_000_001;
  await expect(api.sendMessage(group, 'x', { message_thread_id: 5 })).rejects.toThrow(
    '400: Bad Request: message thread not found',
  );
  await expect(api.copyMessage(1, 1, message_id, { message_thread_id: 5 })).rejects.toThrow(
    '400: Bad Request: message thread not found',
  );
  await expect(api.sendMessage(1, 'x', { business_connection_id: 'abc' })).rejects.toThrow(
    '400: Bad Request: business connection not found',
  );
  expect(await api.sendChatAction(group, 'typing', { message_thread_id: 5 })).toBe(true);
  expect((await api.sendMessage(1, 'x', { message_thread_id: 0 })).text).toBe('x');
});

test('a message says what was asked of its preview, and an edit changes it', async () => {
  const { api } = await aMessage();
  const plain = await api.sendMessage(1, 'https://x.org', { link_preview_options: { is_disabled: false } });
  expect(plain.link_preview_options).toBeUndefined();
  const link_preview_options = { url: 'https://x.org/a', show_above_text: true };
  const edited = await api.editMessageText(1, plain.message_id, 'https://x.org', { link_preview_options });
  expect(edited).toMatchObject({ link_preview_options });
  await expect(api.sendMessage(1, 'x', { link_preview_options: 'none' as never })).rejects.toThrow(
    "can't parse link preview options JSON object",
  );
});

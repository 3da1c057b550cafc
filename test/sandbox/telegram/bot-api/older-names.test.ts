import { expect, test } from 'vitest';
import { aLocalTelegram, anApi } from '../a-local-telegram.js';

/** Calls with the names of older Bot API versions, which grammY's types do not have. */
async function anOldLibrary() {
  const telegram = await aLocalTelegram();
  telegram.drive.start(1);
  const call = async (method: string, parameters: Record<string, unknown>) => {
    const response = await fetch(`${telegram.url}/bot${telegram.token}/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(parameters),
    });
    return (await response.json()) as { ok: boolean; result?: unknown; description?: string };
  };
  return { telegram, api: anApi(telegram), call };
}

test('a message answers another by reply_to_message_id', async () => {
  const { call, api } = await anOldLibrary();
  const { message_id } = await api.sendMessage(1, 'first');

  expect(await call('sendMessage', { chat_id: 1, text: 'x', reply_to_message_id: message_id })).toMatchObject(
    { result: { reply_to_message: { message_id, text: 'first' } } },
  );
  expect(await call('sendMessage', { chat_id: 1, text: 'x', reply_to_message_id: 999 })).toMatchObject({
    description: 'Bad Request: message to be replied not found',
  });
  const optional = { reply_to_message_id: '999', allow_sending_without_reply: 'true' };
  expect(await call('sendMessage', { chat_id: 1, text: 'x', ...optional })).toMatchObject({ ok: true });
  const both = { reply_to_message_id: 999, reply_parameters: { message_id } };
  expect(await call('sendMessage', { chat_id: 1, text: 'x', ...both })).toMatchObject({
    result: { reply_to_message: { message_id } },
  });
});

test('a preview is switched off by disable_web_page_preview', async () => {
  const { call } = await anOldLibrary();
  const sent = await call('sendMessage', {
    chat_id: 1,
    text: 'https://example.com',
    disable_web_page_preview: true,
  });
  expect(sent).toMatchObject({ result: { link_preview_options: { is_disabled: true } } });
});

test('inline results have thumb_url, and a button in two parameters', async () => {
  const { call, telegram } = await anOldLibrary();
  const asked = telegram.drive.inlineQuery(1, 'x');
  const [update] = await anApi(telegram).getUpdates({ offset: -1, allowed_updates: [] });
  const photo = {
    type: 'photo',
    id: 'p',
    photo_url: 'https://x.org/p.jpg',
    thumb_url: 'https://x.org/t.jpg',
  };
  const content = { message_text: 'https://x.org', disable_web_page_preview: true };
  const answer = await call('answerInlineQuery', {
    inline_query_id: update?.inline_query?.id,
    results: JSON.stringify([
      photo,
      { type: 'article', id: 'a', title: 't', input_message_content: content },
    ]),
    switch_pm_text: 'Settings',
    switch_pm_parameter: 'set',
  });

  expect(answer).toEqual({ ok: true, result: true });
  expect(await asked).toMatchObject({
    results: [{ id: 'p' }, { id: 'a', content: { link_preview_options: { is_disabled: true } } }],
    button: { text: 'Settings', startParameter: 'set' },
  });
});

test('methods and actions go by their older names', async () => {
  const { call } = await anOldLibrary();
  expect(await call('getChatMembersCount', { chat_id: 1 })).toEqual({ ok: true, result: 2 });
  expect(await call('kickChatMember', { chat_id: 1, user_id: 1 })).toMatchObject({
    description: 'Bad Request: the sandbox does not know banChatMember yet: method not found',
  });
  expect(await call('sendChatAction', { chat_id: 1, action: 'upload_audio' })).toMatchObject({ ok: true });
});

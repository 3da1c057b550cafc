import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { methodAtTelegram } from '../../../../src/sandbox/telegram/bot-api/methods-at-telegram.js';
import { aLocalTelegram, anApi } from '../a-local-telegram.js';

/** Every method that the installed types of grammY name. */
async function typedMethods(): Promise<string[]> {
  const types = join(import.meta.dirname, '../../../../node_modules/@grammyjs/types/methods.d.ts');
  const source = await readFile(types, 'utf8');
  const body = source.slice(source.indexOf('export type ApiMethods'));
  return [...body.matchAll(/^ {4}([a-z]\w+)\(/gm)].map(([, name = '']) => name);
}

test('the list of methods is that of the installed types', async () => {
  const typed = await typedMethods();
  expect(typed.length).toBeGreaterThan(180);
  expect(typed.filter((name) => methodAtTelegram(name) !== name)).toEqual([]);
  const source = new URL('../../../../src/sandbox/telegram/bot-api/methods-at-telegram.ts', import.meta.url);
  const listed = /`([^`]*)`/.exec((await readFile(source, 'utf8')).split('const names = ')[1] ?? '')?.[1];
  expect(listed?.match(/\w+/g)?.sort()).toEqual(typed.sort());
});

test('a method that is missing here is told from one that nobody knows', async () => {
  const { url, token } = await aLocalTelegram();
  const ask = async (method: string) => {
    const response = await fetch(`${url}/bot${token}/${method}`, { method: 'POST' });
    return [response.status, await response.json()];
  };
  const missing = { ok: false, error_code: 400 };
  // Libraries that send an older kind of message then look for "method not found".
  const description = 'Bad Request: the sandbox does not know sendPoll yet: method not found';
  const sendPoll = { ...missing, description };
  expect(await ask('sendPoll')).toEqual([400, sendPoll]);
  expect(await ask('SENDPOLL')).toEqual([400, sendPoll]);
  const unknown = { ok: false, error_code: 404, description: 'Not Found: method not found' };
  for (const name of ['sendDance', 'constructor', '__proto__'])
    expect(await ask(name), name).toEqual([404, unknown]);
});

test('an edit into a rich message is refused as such, not for want of a text', async () => {
  const telegram = await aLocalTelegram();
  telegram.drive.start(1);
  const api = anApi(telegram);
  const { message_id } = await api.sendMessage(1, 'x');
  const edit = api.raw.editMessageText({ chat_id: 1, message_id, rich_message: { markdown: '# x' } });
  await expect(edit).rejects.toThrow('rich messages are unsupported');
});

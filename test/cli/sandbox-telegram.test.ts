import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Api } from 'grammy';
import { expect, test } from 'vitest';
import type { RunningTelegram } from '../../src/adapters/cli/stand-ins.js';
import { aStandInRoom } from './a-stand-in-room.js';

const room = aStandInRoom();

async function startAlone(...options: string[]) {
  const { running, stop } = await room.start<RunningTelegram>('telegram', options);
  return { telegram: running, stop, api: new Api(running.token, { apiRoot: running.url }) };
}

/** What the page of the chat sends for the person "You". */
async function write(chat: string, text: string): Promise<void> {
  const headers = { 'content-type': 'application/json', 'x-sandbox-chat': '1' };
  const answer = await fetch(`${chat}api/people/1/messages`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ text }),
  });
  expect(answer.status).toBe(200);
}

test('one command makes a Telegram for any bot; Ctrl-C ends it and leaves nothing behind', async () => {
  const { telegram, api, stop } = await startAlone();
  expect(telegram.token).toMatch(/^\d{10}:[\w-]{35}$/);
  expect(await api.getMe()).toMatchObject({ username: 'sandbox_bot', first_name: 'Sandbox bot' });
  expect(await (await fetch(telegram.chat)).text()).toContain('<html');
  await write(telegram.chat, 'hello');
  expect(await api.getUpdates()).toMatchObject([{ message: { text: 'hello' } }]);

  expect(await stop()).toBe(0);
  expect(await readdir(room.folder)).toEqual([]);
});

test('with a folder the token and the chats are there again', async () => {
  const place = join(room.folder, 'kept');
  const first = await startAlone('--folder', place, '--username', 'pizza_bot');
  await write(first.telegram.chat, 'hello');
  const again = await room.aisha('sandbox', 'telegram', '--folder', place, '--port', '0');
  expect(again).toMatchObject({ code: 1, stdout: '' });
  expect(again.stderr).toContain(`runs already with the chats in ${place}, by process`);
  await first.stop();

  const next = await startAlone('--folder', place, '--username', 'pizza_bot');
  expect(next.telegram.token).toBe(first.telegram.token);
  expect(await next.api.getUpdates()).toMatchObject([{ message: { text: 'hello' } }]);
  expect((await next.api.getMe()).username).toBe('pizza_bot');
});

test('a taken port and wrong options are said with the way out', async () => {
  const { telegram } = await startAlone();
  const { port } = new URL(telegram.url);
  const taken = await room.aisha('sandbox', 'telegram', '--port', port);
  expect(taken).toMatchObject({ code: 1, stdout: '' });
  expect(taken.stderr).toContain(`Cannot listen on port ${port} of 127.0.0.1: another program has it`);
  expect(taken.stderr).toContain('set --port to another one (0 takes any that is free)');

  const words = ['--port', '70000', '--token', 'secret', '--username', 'pizza'];
  const wrong = await room.aisha('sandbox', 'telegram', ...words);
  expect(wrong).toMatchObject({ code: 2, stdout: '' });
  for (const said of ['port "70000"', 'token "secret"', 'username "pizza"'])
    expect(wrong.stderr).toContain(said);
});

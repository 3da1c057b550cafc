import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Api } from 'grammy';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RunningTelegram } from '../../src/adapters/cli/stand-ins.js';
import { aisha } from '../support/spawned.js';

const main = join(import.meta.dirname, '../../dist/main.js');
let folder: string;
const closing: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aisha-alone-'));
  closing.push(() => rm(folder, { recursive: true, force: true }));
});

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** `TMPDIR` is the test's own, to see what is left behind there. */
const variables = () => ({ TMPDIR: folder, DATA_DIR: join(folder, 'data') });

/** The stand-in alone, without any setting, once it answers. */
async function startAlone(...options: string[]) {
  const words = [main, 'sandbox', 'telegram', '--json', '--port', '0', ...options];
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, ...variables() };
  const child = spawn(process.execPath, words, { cwd: folder, env });
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const stop = async () => {
    child.kill('SIGINT');
    return ended;
  };
  closing.push(stop);
  let output = '';
  const telegram = await new Promise<RunningTelegram>((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      output += chunk;
      if (output.endsWith('}\n')) resolve(JSON.parse(output) as RunningTelegram);
    });
    void ended.then((code) => reject(new Error(`it ended with ${code}: ${output}`)));
  });
  return { telegram, stop, api: new Api(telegram.token, { apiRoot: telegram.url }) };
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
  expect(await readdir(folder)).toEqual([]);
});

test('with a folder the token and the chats are there again', async () => {
  const place = join(folder, 'kept');
  const first = await startAlone('--folder', place, '--username', 'pizza_bot');
  await write(first.telegram.chat, 'hello');
  const again = await aisha(['sandbox', 'telegram', '--folder', place, '--port', '0'], variables(), folder);
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
  const taken = await aisha(['sandbox', 'telegram', '--port', port], variables(), folder);
  expect(taken).toMatchObject({ code: 1, stdout: '' });
  expect(taken.stderr).toContain(`Cannot listen on port ${port} of 127.0.0.1: another program has it`);
  expect(taken.stderr).toContain('set --port to another one (0 takes any that is free)');

  const words = ['--port', '70000', '--token', 'secret', '--username', 'pizza'];
  const wrong = await aisha(['sandbox', 'telegram', ...words], variables(), folder);
  expect(wrong).toMatchObject({ code: 2, stdout: '' });
  for (const said of ['port "70000"', 'token "secret"', 'username "pizza"'])
    expect(wrong.stderr).toContain(said);
});

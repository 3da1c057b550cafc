import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { onTestFinished, test } from 'vitest';
import type { LocalTelegram } from '../../../../src/sandbox/telegram/local-telegram.js';
import { freePort } from '../../../support/free-port.js';
import { aLocalTelegram, eventually } from '../a-local-telegram.js';
import { expectAStranger, picture, ways } from './stranger.js';

/** Debian's; another Python beside it does not know its packages. */
const python = '/usr/bin/python3';
const version = ['-W', 'ignore', '-c', 'import telegram; print(telegram.__version__)'];
const isThere = spawnSync(python, version).stdout?.toString().startsWith('13.') === true;
const what = isThere ? '' : ': skipped, python3-python-telegram-bot 13 of Debian is not installed';

async function run({ url, token, calls, polling }: LocalTelegram, way: (typeof ways)[number]) {
  const port = way === 'polling' ? 0 : await freePort();
  const script = join(import.meta.dirname, 'stranger.py');
  const child = spawn(python, [script, url, token, String(port)], { stdio: ['pipe', 'ignore', 'inherit'] });
  const ended = once(child, 'close');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  child.stdin.end(await picture());
  await eventually(() =>
    way === 'polling' ? polling.isWaiting : calls.of('setWebhook').some(({ answer }) => answer.ok),
  ).toBe(true);
}

test.skipIf(!isThere).each(ways)(`a bot of python-telegram-bot 13 on %s works${what}`, async (way) => {
  const telegram = await aLocalTelegram();
  await run(telegram, way);
  await expectAStranger(telegram);
});

test.skipIf(!isThere)(`what is missing here is no wrong token to python-telegram-bot${what}`, async () => {
  const telegram = await aLocalTelegram();
  await run(telegram, 'polling');
  telegram.drive.sendText(1, '/poll');
  await telegram.drive.waitForMessage(
    1,
    ({ text }) => text === 'BadRequest: The sandbox does not know sendpoll yet: method not found',
  );
});

import { Api } from 'grammy';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SerialSender } from '../../../src/adapters/telegram/delivery/results/serial-sender.js';
import { SendRateLimiter } from '../../../src/adapters/telegram/delivery/send-rate-limiter.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Sends pictures whose sending takes as long as we say, and notes which of them Telegram was given. */
function aSender() {
  const sender = new SerialSender(new Api('1:test'), new SendRateLimiter(100));
  const given: string[] = [];
  const send = (name: string, taken: Promise<unknown> = Promise.resolve(name)) =>
    sender.send(given.length + name.charCodeAt(0), async () => {
      given.push(name);
      return taken;
    });
  /** Lets everything happen that needs no time. */
  const calm = () => vi.advanceTimersByTimeAsync(0);
  return { send, given, calm };
}

test('the next picture leaves once the one before is written down', async () => {
  const { send, given, calm } = aSender();
  const first = await send('a');
  const second = send('b');
  const third = send('c');
  await vi.advanceTimersByTimeAsync(5000);
  expect(given).toEqual(['a']);
  first.written();
  const { written } = await second;
  await calm();
  expect(given).toEqual(['a', 'b']);
  written();
  expect(await third).toMatchObject({ sent: 'c' });
});

test('a picture that Telegram did not take holds nobody up', async () => {
  const { send, given } = aSender();
  await expect(send('a', Promise.reject(new Error('429')))).rejects.toThrow('429');
  await send('b');
  expect(given).toEqual(['a', 'b']);
});

test('a send that hangs holds the others up for ten seconds, not for ever', async () => {
  const { send, given } = aSender();
  void send('a', new Promise(() => undefined));
  const second = send('b');
  await vi.advanceTimersByTimeAsync(9999);
  expect(given).toEqual(['a']);
  await vi.advanceTimersByTimeAsync(1);
  (await second).written();
  await send('c');
  expect(given).toEqual(['a', 'b', 'c']);
});

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SendRateLimiter } from '../../../src/adapters/telegram/delivery/send-rate-limiter.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** How many of 400 sends to as many chats are out after `seconds`. */
async function sentIn(limiters: readonly SendRateLimiter[], seconds: number): Promise<number> {
  let sent = 0;
  for (let chat = 0; chat < 400; chat += 1)
    void limiters[chat % limiters.length]?.unaskedTurn(`chat ${chat}`).then(() => {
      sent += 1;
    });
  await vi.advanceTimersByTimeAsync(seconds * 1000 - 1);
  return sent;
}

test('four processes together send no more than one alone', async () => {
  const limiters = (count: number) =>
    Array.from(
      { length: count },
      () =>
        new SendRateLimiter(
          20,
          async () => count,
          () => Date.now(),
        ),
    );
  expect(await sentIn(limiters(1), 3)).toBe(60);
  expect(await sentIn(limiters(4), 3)).toBe(60);
});

test('broadcasts use two thirds of it together with all processes, and count in the whole', async () => {
  const limiters = Array.from(
    { length: 2 },
    () =>
      new SendRateLimiter(
        30,
        async () => 2,
        () => Date.now(),
      ),
  );
  let sent = 0;
  for (let index = 0; index < 200; index += 1)
    void limiters[index % 2]?.broadcastTurn().then(() => {
      sent += 1;
    });
  await vi.advanceTimersByTimeAsync(2999);
  expect(sent).toBe(60);
  // What nobody waits for comes beside them, and never more than the whole.
  expect(await sentIn(limiters, 2)).toBeLessThanOrEqual(2 * 30);
});

test('what people asked for is not limited in all', async () => {
  const limiter = new SendRateLimiter(20);
  let sent = 0;
  for (let chat = 0; chat < 400; chat += 1)
    void limiter.turn(`chat ${chat}`).then(() => {
      sent += 1;
    });
  await vi.advanceTimersByTimeAsync(0);
  expect(sent).toBe(400);
});

test('more processes than messages a second take turns of more than a second', async () => {
  const limiters = Array.from(
    { length: 8 },
    () =>
      new SendRateLimiter(
        2,
        async () => 8,
        () => Date.now(),
      ),
  );
  expect(await sentIn(limiters, 8)).toBeLessThanOrEqual(16);
});

test('a process that has died leaves its part to the others, and a lost database changes nothing', async () => {
  let living: () => Promise<number> = async () => 4;
  const limiter = new SendRateLimiter(
    20,
    () => living(),
    () => Date.now(),
  );
  let sent = 0;
  for (let chat = 0; chat < 400; chat += 1)
    void limiter.unaskedTurn(`chat ${chat}`).then(() => {
      sent += 1;
    });
  await vi.advanceTimersByTimeAsync(1999);
  expect(sent).toBe(10);
  living = () => Promise.reject(new Error('no database'));
  await vi.advanceTimersByTimeAsync(4000);
  expect(sent).toBe(30);
  living = async () => 1;
  await vi.advanceTimersByTimeAsync(4000);
  expect(sent).toBeGreaterThanOrEqual(70);
});

test('a clock that is set back by hours holds nobody up for hours', async () => {
  const limiter = new SendRateLimiter(20, undefined, () => 0);
  let sent = 0;
  const send = () =>
    void limiter.turn('one chat').then(() => {
      sent += 1;
    });
  for (let message = 0; message < 5; message += 1) send();
  await vi.advanceTimersByTimeAsync(0);
  vi.setSystemTime(Date.now() - 7_200_000);
  send();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(sent).toBe(6);
});

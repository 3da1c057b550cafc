import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FloodWaits } from '../../../src/adapters/telegram/delivery/flood-waits.js';
import { SendRateLimiter } from '../../../src/adapters/telegram/delivery/send-rate-limiter.js';
import { deliveryApi } from '../../../src/adapters/telegram/delivery-api.js';
import { systemTiming } from '../../../src/adapters/telegram/timing.js';
import { type LocalTelegram, startLocalTelegram } from '../../../src/sandbox/telegram/local-telegram.js';

describe('the deliveries of one process', () => {
  let folder: string;
  let telegram: LocalTelegram;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'delivery-api-'));
    telegram = await startLocalTelegram({
      folder,
      token: '7000001:test',
      people: Array.from({ length: 9 }, (_, index) => ({
        id: index + 1,
        firstName: 'A',
        languageCode: 'en',
      })),
    });
    for (let person = 1; person <= 9; person += 1) telegram.drive.sendText(person, '/start');
    vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] });
  });
  afterEach(async () => {
    vi.useRealTimers();
    await telegram.close();
    await rm(folder, { recursive: true });
  });

  const anApi = (turn: (chat: string) => Promise<void>) =>
    deliveryApi(
      { token: telegram.token, apiUrl: telegram.url, floodWaits: new FloodWaits(systemTiming) },
      turn,
    );
  const arrived = () => telegram.calls.of('sendMessage').length;

  it('keep below five messages in five seconds to one chat, and do not hold up another', async () => {
    const limiter = new SendRateLimiter(100);
    const api = anApi((chat) => limiter.turn(chat));
    const toOne = Array.from({ length: 7 }, (_, index) => api.sendMessage(1, `message ${index}`));
    await Promise.all([...toOne.slice(0, 5), api.sendMessage(2, 'to another')]);
    expect(arrived()).toBe(6);
    await vi.advanceTimersByTimeAsync(4999);
    expect(arrived()).toBe(6);
    await vi.advanceTimersByTimeAsync(1);
    await Promise.all(toOne);
    expect(arrived()).toBe(8);
  });

  it('keep below the messages a second of the bot over all chats when nobody asked for them', async () => {
    const limiter = new SendRateLimiter(4);
    const api = anApi((chat) => limiter.unaskedTurn(chat));
    const sends = Array.from({ length: 9 }, (_, index) => api.sendMessage(index + 1, 'to each'));
    await Promise.all(sends.slice(0, 4));
    // Whatever else was sent would have arrived before this.
    await api.getMe();
    expect(arrived()).toBe(4);
    await vi.advanceTimersByTimeAsync(1000);
    await Promise.all(sends.slice(4, 8));
    await api.getMe();
    expect(arrived()).toBe(8);
    await vi.advanceTimersByTimeAsync(1000);
    await Promise.all(sends);
  });

  it('let everything through that is no new message', async () => {
    const limiter = new SendRateLimiter(1);
    const api = anApi((chat) => limiter.unaskedTurn(chat));
    const { message_id } = await api.sendMessage(1, 'first');
    await api.editMessageText(1, message_id, 'second');
    await api.editMessageText(1, message_id, 'third');
    expect(telegram.calls.of('editMessageText')).toHaveLength(2);
  });
});

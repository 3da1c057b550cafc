import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Api, GrammyError, InputFile, InputMediaBuilder } from 'grammy';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FloodWaits } from '../../../src/adapters/telegram/delivery/flood-waits.js';
import { plainApi } from '../../../src/adapters/telegram/delivery-api.js';
import { type LocalTelegram, startLocalTelegram } from '../../../src/sandbox/telegram/local-telegram.js';
import { aPicture } from './a-bot.js';

const people = 9;

describe('when Telegram asks to be left alone', () => {
  let folder: string;
  let telegram: LocalTelegram;
  let api: Api;
  let seconds: number;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'flood-waits-'));
    telegram = await startLocalTelegram({
      folder,
      token: '7000001:test',
      people: Array.from({ length: people }, (_, index) => ({
        id: index + 1,
        firstName: 'A',
        languageCode: 'en',
      })),
    });
    for (let person = 1; person <= people; person += 1) telegram.drive.sendText(person, '/start');
    seconds = 0;
    const floodWaits = new FloodWaits({ milliseconds: () => seconds * 1000 });
    api = plainApi({ token: telegram.token, apiUrl: telegram.url, floodWaits });
  });
  afterEach(async () => {
    await telegram.close();
    await rm(folder, { recursive: true });
  });

  const flood = (chatId: number, retryAfter: number) =>
    telegram.faults.add({ chatId, method: 'sendMessage', times: 1, fault: { kind: 'flood', retryAfter } });
  /** 0 when it was sent, else how long Telegram, or we for it, asked to wait. */
  const send = (chat: number): Promise<number> =>
    api.sendMessage(chat, 'hers').then(
      () => 0,
      (error: unknown) => {
        if (!(error instanceof GrammyError)) throw error;
        expect(error.error_code).toBe(429);
        return error.parameters.retry_after ?? expect.fail('no time was named');
      },
    );
  const calls = () => telegram.calls.of('sendMessage').length;

  it('in one chat, nothing goes there until then, and all goes to others', async () => {
    const { message_id } = await api.sendMessage(1, 'first');
    flood(1, 30);
    expect(await send(1)).toBe(30);
    const before = calls();
    seconds = 29.9;
    expect(await send(1)).toBeGreaterThan(0);
    expect(calls()).toBe(before);
    expect(await send(2)).toBe(0);
    // Telegram counts edits by themselves.
    await api.editMessageText(1, message_id, 'edited');
    seconds = 30;
    expect(await send(1)).toBe(0);
  });

  it('a refused draft holds nothing back, and waits itself for what was refused before it', async () => {
    const draft = (chat: number) =>
      api.sendMessageDraft(chat, 7, 'hers').then(
        () => 0,
        (error: unknown) => (error instanceof GrammyError ? error.parameters.retry_after : expect.fail()),
      );
    telegram.faults.add({
      ...{ chatId: 1, method: 'sendMessageDraft', times: 1 },
      fault: { kind: 'flood', retryAfter: 30 },
    });
    expect(await draft(1)).toBe(30);
    const drafts = telegram.calls.of('sendMessageDraft').length;
    expect(await draft(1)).toBeGreaterThan(0);
    expect(telegram.calls.of('sendMessageDraft')).toHaveLength(drafts);
    expect(await send(1)).toBe(0);
    flood(2, 30);
    expect(await send(2)).toBe(30);
    expect(await draft(2)).toBe(30);
    expect(telegram.calls.of('sendMessageDraft')).toHaveLength(drafts);
    // It did not take a place in the line of what comes back.
    expect(await send(2)).toBe(31);
  });

  it('what waits comes back one after the other, and not much later than it may', async () => {
    flood(1, 30);
    expect(await send(1)).toBe(30);
    expect([await send(1), await send(1), await send(1)]).toEqual([31, 32, 33]);
    for (let message = 0; message < 200; message += 1) expect(await send(1)).toBeLessThanOrEqual(90);
  });

  it('in chat after chat, nothing goes to anybody until the shortest wait is over', async () => {
    flood(1, 2220);
    flood(2, 31);
    flood(3, 30);
    expect([await send(1), await send(2), await send(3)]).toEqual([2220, 31, 30]);
    const before = calls();
    const waits = [await send(4), await send(5), await send(6)];
    expect(calls()).toBe(before);
    expect(waits).toEqual([30.04, 30.08, 30.12]);
    seconds = 30;
    expect(await send(4)).toBe(0);
    expect(await send(1)).toBeGreaterThan(2000);
  });

  it.each([
    ['others were served in between', () => send(5)],
    [
      'it was long ago',
      async () => {
        seconds += 6;
      },
    ],
  ])('in some chats, the others are served: %s', async (_, between) => {
    for (const chat of [1, 2, 3]) {
      flood(chat, 30);
      expect(await send(chat)).toBe(30);
      await between();
    }
    expect(await send(4)).toBe(0);
  });

  it('about one picture of an album, which it says in words', async () => {
    const description =
      'Bad Request: failed to send message #2 with the error message "Too Many Requests: retry after 8"';
    telegram.faults.add({
      method: 'sendMediaGroup',
      times: 1,
      fault: { kind: 'error', code: 400, description },
    });
    const picture = InputMediaBuilder.photo(new InputFile(await aPicture(10, 10), 'a.jpg'));
    await expect(api.sendMediaGroup(1, [picture, picture])).rejects.toThrow('retry after 8');
    expect(await send(1)).toBe(9);
    seconds = 8;
    expect(await send(1)).toBe(0);
  });
});

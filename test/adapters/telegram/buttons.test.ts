import { Api } from 'grammy';
import { expect, test } from 'vitest';
import '../../../src/adapters/telegram/bot.js';
import {
  buttonKind,
  buttonKinds,
  idField,
  numberField,
  oneOf,
  optional,
} from '../../../src/adapters/telegram/buttons/button-kind.js';
import { repeatButton } from '../../../src/adapters/telegram/buttons/job-buttons.js';
import { generationId, userId } from '../../../src/domain/ids.js';
import { aBot, aPainter } from './a-bot.js';

const deadButton = 'from an older version';

test('callback data fits Telegram with the longest ids, and is read back', () => {
  expect(buttonKinds().length).toBeGreaterThan(40);
  for (const kind of buttonKinds()) {
    expect(Buffer.byteLength(kind.longest), kind.longest).toBeLessThanOrEqual(64);
    const values = kind.read(kind.longest);
    expect(values === null ? null : kind.data(values), kind.name).toBe(kind.longest);
  }
});

test('two kinds of button cannot share a name: a tap on one would be taken for the other', () => {
  for (const { name } of buttonKinds())
    expect(() => buttonKind(name, {}), name).toThrow(`two kinds of button "${name}"`);
});

test('what no button wrote is not read', () => {
  const id = idField(String);
  expect(id.read(id.write('0f8fad5b-d9cb-469f-a165-70867728950e'))).toBe(
    '0f8fad5b-d9cb-469f-a165-70867728950e',
  );
  for (const text of ['', 'x', '!'.repeat(22), 'A'.repeat(23)]) expect(id.read(text), text).toBeUndefined();
  expect(oneOf(['a', 'b']).read('c')).toBeUndefined();
  for (const text of ['-1', '1.5', '1e3', '12345678', ''])
    expect(numberField.read(text), text).toBeUndefined();
  expect(optional(numberField).read('')).toBeNull();
  for (const kind of buttonKinds()) expect(kind.read(`${kind.longest}:more`)).toBeNull();
});

test('a button of an earlier release, which names no price, is understood', () => {
  const generation = generationId('0f8fad5b-d9cb-469f-a165-70867728950e');
  const data = repeatButton.data({ generation, credits: 5 });
  expect(repeatButton.read(data)).toEqual({ generation, credits: 5 });
  expect(repeatButton.read(data.replace(/:5$/, ''))).toEqual({ generation, credits: null });
  expect(repeatButton.read('v')).toBeNull();
});

test('every button has a handler, and a dead one explains itself', async () => {
  // Also those that only an operator gets.
  const bot = await aBot({ admins: new Set([userId('1')]) });
  await aPainter(bot);
  const { drive, token, url } = bot.telegram;
  drive.start(1);
  const api = new Api(token, { apiRoot: url });
  const tap = async (data: string) => {
    const keyboard = { inline_keyboard: [[{ text: 'tap', callback_data: data }]] };
    const { message_id } = await api.sendMessage(1, 'an old message', { reply_markup: keyboard });
    return drive.tap(1, message_id, data);
  };
  for (const kind of buttonKinds()) {
    const answer = await tap(kind.longest);
    expect(answer, kind.name).not.toBe('unanswered');
    expect(JSON.stringify(answer), kind.name).not.toContain(deadButton);
  }
  for (const data of ['nonsense', 'v', 'v:short', 'wR:x:y:z', ''.padEnd(64, 'x')])
    expect(await tap(data), data).toMatchObject({
      text: expect.stringContaining(deadButton),
      show_alert: true,
    });
  expect(bot.log.at('error')).toEqual([]);
});

test('every button of every screen that can be reached is answered', async () => {
  const bot = await aBot();
  await aPainter(bot, 1, { credits: 10_000 });
  const { drive } = bot.telegram;
  drive.sendText(1, 'a knight --n 2');
  await drive.waitForMessage(1, ({ text }) => text?.includes('Starting') ?? false);
  await bot.finish();
  expect(bot.log.at('warn')).toEqual([]);
  for (const command of [
    '/start',
    '/help',
    '/presets',
    '/settings',
    '/avatars',
    '/gallery',
    '/balance',
    '/generate',
  ])
    drive.sendText(1, command);
  await drive.waitForMessage(1, ({ text }) => text?.includes('A new picture') ?? false);
  // Taps are answered before their screens change; what is asked after them is answered after that.
  const caughtUp = async () => {
    const [asked] = drive.sendText(1, '/cancel');
    await drive.waitForMessage(1, ({ id }) => id > (asked?.id ?? 0));
  };
  const tapped = new Set<string>();
  const kindOf = (data: string) => data.split(':')[0] ?? '';
  // New screens appear while tapping; each kind of button is tapped a few times at most.
  const often = new Map<string, number>();
  for (let round = 0; round < 12; round += 1) {
    await caughtUp();
    const visible = drive
      .messages(1)
      .flatMap(({ id, buttons }) => buttons.flat().map(({ data }) => ({ id, data })));
    for (const { id, data } of visible) {
      if (data === undefined || tapped.has(`${id} ${data}`) || (often.get(kindOf(data)) ?? 0) >= 3) continue;
      const isStillThere = drive
        .messages(1)
        .some(
          (message) => message.id === id && message.buttons.flat().some((button) => button.data === data),
        );
      if (!isStillThere) continue;
      tapped.add(`${id} ${data}`);
      often.set(kindOf(data), (often.get(kindOf(data)) ?? 0) + 1);
      const answer = await drive.tap(1, id, data);
      expect(answer, data).not.toBe('unanswered');
      expect(JSON.stringify(answer), data).not.toContain(deadButton);
    }
  }
  expect(often.size).toBeGreaterThan(30);
  expect(bot.log.at('error')).toEqual([]);
});

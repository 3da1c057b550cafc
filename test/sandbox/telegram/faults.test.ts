import { expect, test } from 'vitest';
import { aLocalTelegram, anApi } from './a-local-telegram.js';

async function aStartedChat(options = {}) {
  const telegram = await aLocalTelegram(options);
  telegram.drive.start(1);
  return { telegram, api: anApi(telegram) };
}

test('a flood answer says how long to wait, as often as asked', async () => {
  const { telegram, api } = await aStartedChat();
  telegram.faults.add({ method: 'sendMessage', fault: { kind: 'flood', retryAfter: 3 }, times: 1 });

  await expect(api.sendMessage(1, 'x')).rejects.toMatchObject({
    error_code: 429,
    description: 'Too Many Requests: retry after 3',
    parameters: { retry_after: 3 },
  });
  await api.sendMessage(1, 'x');
});

test('a dropped connection leaves open whether the call was carried out', async () => {
  const { telegram, api } = await aStartedChat();
  telegram.faults.add({ method: 'sendMessage', fault: { kind: 'drop_before' }, times: 1 });
  telegram.faults.add({ method: 'sendMessage', fault: { kind: 'drop_after' }, times: 1 });

  await expect(api.sendMessage(1, 'before')).rejects.toThrow('Network request');
  await expect(api.sendMessage(1, 'after')).rejects.toThrow('Network request');

  expect(telegram.drive.messages(1).map(({ text }) => text)).toEqual(['/start', 'after']);
  expect(telegram.calls.of('sendMessage').map(({ answer }) => answer)).toEqual([
    { ok: false, dropped: 'before' },
    { ok: false, dropped: 'after' },
  ]);
});

test('faults by chance come out the same with the same seed', async () => {
  const { telegram, api } = await aStartedChat();
  telegram.faults.add({ fault: { kind: 'bad_gateway' }, probability: 0.5 });
  const round = async () => {
    telegram.faults.seed(42);
    const calls = Array.from(
      { length: 12 },
      () => () =>
        api.getMe().then(
          () => 'ok',
          () => 'failed',
        ),
    );
    const outcomes: string[] = [];
    for (const call of calls) outcomes.push(await call());
    return outcomes;
  };

  const first = await round();

  expect(await round()).toEqual(first);
  expect(new Set(first)).toEqual(new Set(['ok', 'failed']));
});

test('flood limits count by chat and in all, when they are switched on', async () => {
  let now = Date.now();
  const { telegram, api } = await aStartedChat({ now: () => new Date(now) });
  telegram.floodLimits.enable({ perChat: 1, overall: 30 });

  await api.sendMessage(1, 'one');
  await expect(api.sendMessage(1, 'two')).rejects.toMatchObject({
    error_code: 429,
    parameters: { retry_after: 1 },
  });
  now += 1000;
  await api.sendMessage(1, 'three');
});

test('calls are logged with their parameters', async () => {
  const { telegram, api } = await aStartedChat();

  await api.sendMessage(1, 'x', { reply_markup: { inline_keyboard: [[{ text: 'b', callback_data: 'b' }]] } });

  expect(telegram.calls.of().at(-1)).toMatchObject({
    method: 'sendMessage',
    parameters: { chat_id: 1, text: 'x', reply_markup: { inline_keyboard: [[{ text: 'b' }]] } },
    answer: { ok: true, result: { text: 'x' } },
  });
});

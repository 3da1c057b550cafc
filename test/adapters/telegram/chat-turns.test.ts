import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ChatTurns } from '../../../src/adapters/telegram/delivery/chat-turns.js';
import { FloodWaits } from '../../../src/adapters/telegram/delivery/flood-waits.js';
import { SendRateLimiter } from '../../../src/adapters/telegram/delivery/send-rate-limiter.js';
import { plainApi } from '../../../src/adapters/telegram/delivery-api.js';
import { systemTiming } from '../../../src/adapters/telegram/timing.js';
import { DeliveryDelayed, type DeliveryReport } from '../../../src/application/ports/transport.js';
import { type LocalTelegram, startLocalTelegram } from '../../../src/sandbox/telegram/local-telegram.js';

const people = 9;

describe('deliveries', () => {
  let folder: string;
  let telegram: LocalTelegram;
  let milliseconds: number;
  /** Calls that Telegram has and has not answered, by chat. */
  let held: { chat: number; answer: () => void }[];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chat-turns-'));
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
    milliseconds = 0;
    held = [];
  });
  afterEach(async () => {
    for (const { answer } of held) answer();
    await telegram.close();
    await rm(folder, { recursive: true });
  });

  function turnsOf(sendsAtOnce: number) {
    const timing = { milliseconds: () => milliseconds };
    const turns = new ChatTurns(sendsAtOnce, new SendRateLimiter(30), timing);
    const floodWaits = new FloodWaits(systemTiming);
    const api = plainApi({ token: telegram.token, apiUrl: telegram.url, floodWaits });
    const begin = (chat: number, text: string, tidyUp?: () => Promise<void>): Promise<DeliveryReport> =>
      turns.deliver(chat, async () => {
        await api.sendMessage(chat, text);
        return { kind: 'sent', ...(tidyUp === undefined ? {} : { tidyUp }) };
      });
    /** As the job that delivers does. */
    const deliver = async (chat: number, text: string): Promise<void> => stored(await begin(chat, text));
    return { begin, deliver };
  }

  /** From now on Telegram keeps what is sent to this chat in its hands. */
  function hang(chat: number): void {
    telegram.faults.add({
      method: 'sendMessage',
      chatId: chat,
      fault: { kind: 'hang', until: () => new Promise((answer) => held.push({ chat, answer })) },
    });
  }

  const textsIn = (chat: number) =>
    telegram.drive
      .messages(chat)
      .filter(({ from }) => from !== chat)
      .map(({ text }) => text);
  const untilHeld = (count: number) => expect.poll(() => held.length, { interval: 5 }).toBe(count);

  it('to one chat arrive in their order, each once the one before is stored and tidied up after', async () => {
    const { begin, deliver } = turnsOf(32);
    hang(1);
    let tidied: () => void = () => undefined;
    const tidying = new Promise<void>((resolve) => {
      tidied = resolve;
    });
    const first = begin(1, 'a', () => tidying);
    const others = [deliver(1, 'b'), deliver(1, 'c')];
    await untilHeld(1);
    held[0]?.answer();
    const report = await first;
    if (report.kind !== 'sent') return expect.fail(report.kind);
    report.written?.(true);
    const tidyUp = report.tidyUp?.();
    // What else was sent would have arrived before these.
    for (const text of ['meanwhile', 'to', 'another']) await deliver(2, text);
    expect(held).toHaveLength(1);
    tidied();
    await tidyUp;
    await untilHeld(2);
    held[1]?.answer();
    await untilHeld(3);
    held[2]?.answer();
    await Promise.all(others);
    expect(textsIn(1)).toEqual(['a', 'b', 'c']);
  });

  it('to many chats leave at once; one that hangs holds up nobody, and few wait for it', async () => {
    const { deliver } = turnsOf(32);
    hang(1);
    const toOne = Array.from({ length: 40 }, (_, index) => deliver(1, `picture ${index}`));
    const refused = await Promise.allSettled(toOne.slice(5));
    expect(new Set(refused.map(({ status }) => status))).toEqual(new Set(['rejected']));
    await expect(toOne[39]).rejects.toMatchObject({ name: 'DeliveryDelayed', retryAfter: 4 });
    for (let chat = 2; chat <= people; chat += 1) hang(chat);
    const toOthers = Array.from({ length: people - 1 }, (_, index) => deliver(index + 2, 'hers'));
    await untilHeld(people);
    for (const { chat, answer } of held) if (chat !== 1) answer();
    await Promise.all(toOthers);
    expect(textsIn(1)).toEqual([]);
    telegram.faults.clear();
    held[0]?.answer();
    await Promise.all(toOne.slice(0, 5));
    expect(textsIn(1)).toHaveLength(5);
  });

  it('are no more in Telegram’s hands than allowed: sent, and not yet stored', async () => {
    const { begin, deliver } = turnsOf(3);
    for (let chat = 1; chat <= 5; chat += 1) hang(chat);
    const reports = [1, 2, 3].map((chat) => begin(chat, 'hers'));
    const late = [4, 5].map((chat) => deliver(chat, 'hers'));
    await untilHeld(3);
    for (const { answer } of held) answer();
    const [first, second] = await Promise.all(reports);
    // All three have arrived, and the process may be killed before it has written that down.
    expect(held).toHaveLength(3);
    stored(first);
    await untilHeld(4);
    expect(held.map(({ chat }) => chat)).toEqual([1, 2, 3, 4]);
    stored(second);
    await untilHeld(5);
    for (const { answer } of held) answer();
    await Promise.all(late);
  });

  it.each(['refused', 'stored by nobody'])('that are %s make room', async (how) => {
    const { begin, deliver } = turnsOf(1);
    if (how === 'refused') {
      telegram.faults.add({ method: 'sendMessage', times: 1, fault: { kind: 'bad_gateway' } });
      await expect(begin(1, 'a')).rejects.toThrow('502');
    } else stored(await begin(1, 'a', async () => undefined), false);
    await deliver(1, 'b');
    expect(textsIn(1)).toContain('b');
  });

  it('that waited long behind one that hangs come again, so that nobody has to wait for them', async () => {
    const { deliver } = turnsOf(32);
    hang(1);
    const first = deliver(1, 'a');
    const second = deliver(1, 'b');
    await untilHeld(1);
    milliseconds += 10_001;
    held[0]?.answer();
    await first;
    await expect(second).rejects.toBeInstanceOf(DeliveryDelayed);
    expect(textsIn(1)).toEqual(['a']);
  });
});

function stored(report: DeliveryReport | undefined, isStored = true): void {
  if (report?.kind === 'sent') report.written?.(isStored);
}

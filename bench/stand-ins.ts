import { setTimeout as sleep } from 'node:timers/promises';
import { startLocalFal } from '../src/sandbox/fal/local-fal.js';
import type { LocalFalLogLine } from '../src/sandbox/fal/local-fal-options.js';
import type { MessageView } from '../src/sandbox/telegram/driver/message-view.js';
import { startLocalTelegram } from '../src/sandbox/telegram/local-telegram.js';

/**
 * fal and Telegram in a process of their own, so that the program's figures are its own. Told by messages what to
 * do: `open`, `text` (a person writes), `report`, `chatter` and `burst` (many people write and tap), `pay`, `close`.
 */
export interface OpenStandIns {
  readonly folder: string;
  readonly imageMilliseconds: number;
  readonly people: number;
}
export interface StandInReport {
  /** When fal took each job, by its seed; with 0 ms of work that is also when it was done. */
  readonly submits: ReadonlyArray<{ seed: number; at: number }>;
  readonly requests: ReadonlyArray<{ person: number; message: number; text: string; at: number }>;
  /** Calls of the bot that answer a person's message. */
  readonly answers: ReadonlyArray<{ method: string; person: number; message: number; at: number }>;
  /** All calls of the bot, those for updates too. */
  readonly telegram: ReadonlyArray<{ name: string; at: number }>;
  /** All exchanges with fal, its webhooks too. */
  readonly fal: ReadonlyArray<{ name: string; at: number }>;
  /** When fal began to send each webhook. */
  readonly webhooks: ReadonlyArray<{ prompt: string; at: number }>;
}

type Told =
  | { readonly do: 'open'; readonly options: OpenStandIns }
  | { readonly do: 'text'; readonly person: number; readonly text: string }
  | { readonly do: 'report' }
  | { readonly do: 'photos' }
  | { readonly do: 'slow'; readonly milliseconds: number; readonly hanging?: number }
  | { readonly do: 'chatter'; readonly people: number; readonly seconds: number }
  | { readonly do: 'burst'; readonly people: number; readonly each: number }
  | { readonly do: 'pay'; readonly people: number; readonly rate: number; readonly seconds: number }
  | { readonly do: 'close' };

/** Milliseconds from each checkout to the bot's answer. */
export interface Checkouts {
  readonly waits: readonly number[];
  /** How many did not end in a payment. */
  readonly unpaid: number;
}

let fal: Awaited<ReturnType<typeof startLocalFal>>;
let telegram: Awaited<ReturnType<typeof startLocalTelegram>>;
const requests: Array<{ person: number; message: number; text: string; at: number }> = [];
const exchanges: LocalFalLogLine[] = [];

process.on('message', async (told: Told) => {
  switch (told.do) {
    case 'open':
      return process.send?.(await open(told.options));
    case 'text': {
      const at = Date.now();
      const [message] = telegram.drive.sendText(told.person, told.text);
      requests.push({ person: told.person, message: message?.id ?? 0, text: told.text, at });
      return;
    }
    case 'report':
      return process.send?.(report());
    case 'photos':
      return process.send?.(telegram.calls.of('sendPhoto').length);
    case 'slow':
      slow(told.milliseconds, told.hanging);
      return process.send?.(true);
    case 'chatter':
      return process.send?.(await chatter(told.people, told.seconds));
    case 'burst':
      return process.send?.(await burst(told.people, told.each));
    case 'pay':
      return process.send?.(await pay(told));
    case 'close':
      await telegram.close();
      await fal.close();
      process.disconnect();
  }
});

async function open({ folder, imageMilliseconds, people }: OpenStandIns) {
  fal = await startLocalFal({
    folder: `${folder}/fal`,
    imageMilliseconds,
    concurrency: 1000,
    preparedPictures: true,
    log: (line) => exchanges.push(line),
  });
  telegram = await startLocalTelegram({
    folder: `${folder}/telegram`,
    token: '7000001:bench',
    keptCalls: 100_000,
    people: Array.from({ length: people }, (_, index) => ({
      id: index + 1,
      firstName: `Person ${index + 1}`,
      languageCode: 'en',
    })),
  });
  return {
    falUrl: fal.url,
    queueUrl: fal.queueUrl,
    restUrl: fal.restUrl,
    telegramUrl: telegram.url,
    token: telegram.token,
  };
}

function slow(milliseconds: number, hanging: number | undefined): void {
  telegram.faults.clear();
  if (hanging !== undefined)
    telegram.faults.add({ chatId: hanging, fault: { kind: 'delay', milliseconds: 60_000 } });
  if (milliseconds > 0) telegram.faults.add({ fault: { kind: 'delay', milliseconds } });
}

function report(): StandInReport {
  const answers = telegram.calls
    .of()
    .filter(({ parameters }) => parameters.reply_parameters !== undefined)
    .map(({ method, parameters, at }) => ({
      method,
      person: Number(parameters.chat_id),
      message: replyOf(parameters.reply_parameters),
      at: at.getTime(),
    }));
  const submits = fal.requests().map(({ input, at }) => ({
    seed: Number((input as { seed?: number }).seed),
    at: at.getTime(),
  }));
  const prompts = new Map(fal.requests().map(({ requestId, input }) => [requestId, promptOf(input)]));
  return {
    submits,
    requests,
    answers,
    telegram: [...telegram.calls.of(), ...telegram.calls.of('getUpdates')].map(({ method, at }) => ({
      name: method,
      at: at.getTime(),
    })),
    fal: exchanges.map(({ step, at }) => ({ name: step, at: at.getTime() })),
    webhooks: exchanges
      .filter(({ step }) => step === 'webhook')
      .map(({ requestId = '', at, milliseconds }) => ({
        prompt: prompts.get(requestId) ?? '',
        at: at.getTime() - milliseconds,
      })),
  };
}

const promptOf = (input: unknown): string => String((input as { prompt?: unknown }).prompt);

function replyOf(value: unknown): number {
  const parsed: unknown = typeof value === 'string' ? JSON.parse(value) : value;
  return Number((parsed as { message_id?: number }).message_id);
}

/** Everybody writes or taps once a second. Milliseconds until the bot's first call, for each. */
async function chatter(people: number, seconds: number): Promise<number[]> {
  const until = Date.now() + seconds * 1000;
  const everybody = Array.from({ length: people }, async (_, index) => {
    const waits: number[] = [];
    await sleep((1000 * index) / people);
    for (let turn = index; Date.now() < until; turn += 1) {
      const from = performance.now();
      await (turn % 2 === 0 ? write(index + 1, turn) : tap(index + 1));
      waits.push(performance.now() - from);
      await sleep(Math.max(0, 1000 - (performance.now() - from)));
    }
    return waits;
  });
  return (await Promise.all(everybody)).flat();
}

const commands = ['/settings', '/balance', '/gallery', '/presets', '/help', '/avatars'];

async function write(person: number, turn: number): Promise<void> {
  const [sent] = telegram.drive.sendText(person, commands[turn % commands.length] ?? '');
  await telegram.drive.waitFor(() => newest(person) > (sent?.id ?? 0), { timeout: 60_000 });
}

/** A button of the newest message that has some. */
async function tap(person: number): Promise<void> {
  const message = telegram.drive.messages(person).findLast(({ buttons }) => buttons.length > 0);
  const button = message?.buttons.flat().find(({ data }) => data !== undefined);
  if (message === undefined || button?.data === undefined) return write(person, 0);
  await telegram.drive.tap(person, message.id, button.data);
}

const newest = (person: number): number => telegram.drive.lastMessage(person)?.id ?? 0;

/** All write `each` messages in the same moment. Milliseconds until each has as many answers as messages. */
async function burst(people: number, each: number): Promise<number[]> {
  const from = performance.now();
  const everybody = Array.from({ length: people }, async (_, index) => {
    const person = index + 1;
    const before = telegram.drive.messages(person).length;
    for (let count = 0; count < each; count += 1) telegram.drive.sendText(person, '/balance');
    await telegram.drive.waitFor(() => telegram.drive.messages(person).length >= before + 2 * each, {
      timeout: 60_000,
    });
    return performance.now() - from;
  });
  return Promise.all(everybody);
}

/** So many checkouts a second, by one person after the other; all of the same pack, since whoever has its link may pay. */
async function pay({ people, rate, seconds }: Omit<Extract<Told, { do: 'pay' }>, 'do'>): Promise<Checkouts> {
  const { drive } = telegram;
  const linkIn = ({ buttons }: MessageView) =>
    buttons.flat().find(({ url = '' }) => url.includes('t.me/$') && !drive.stars.invoiceBehind(url).isMonthly)
      ?.url;
  drive.sendText(1, '/buy');
  const link = linkIn(await drive.waitForMessage(1, (message) => linkIn(message) !== undefined)) ?? '';
  const from = Date.now();
  const checkouts = Array.from({ length: rate * seconds }, async (_, index) => {
    await sleep(from + (index * 1000) / rate - Date.now());
    const begun = performance.now();
    const { paid } = await drive.payInvoice(1 + (index % people), link);
    return { paid, milliseconds: performance.now() - begun };
  });
  const ended = await Promise.all(checkouts);
  return {
    waits: ended.map(({ milliseconds }) => milliseconds),
    unpaid: ended.filter(({ paid }) => !paid).length,
  };
}

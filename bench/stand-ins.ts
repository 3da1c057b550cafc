import { startLocalFal } from '../src/adapters/sandbox/fal/local-fal.js';
import { startLocalTelegram } from '../src/adapters/sandbox/telegram/local-telegram.js';

/**
 * fal and Telegram in a process of their own, so that the program's figures are its own. Told by messages what to
 * do: `open`, `text` (a person writes), `report`, `close`.
 */
export interface OpenStandIns {
  readonly folder: string;
  readonly imageMilliseconds: number;
  readonly people: number;
}
export interface StandInReport {
  /** When fal took each job, by its seed; with 0 ms of work that is also when it was done. */
  readonly submits: ReadonlyArray<{ seed: number; at: number }>;
  readonly wishes: ReadonlyArray<{ person: number; message: number; at: number }>;
  /** Calls of the bot that answer a person's message. */
  readonly answers: ReadonlyArray<{ method: string; person: number; message: number; at: number }>;
}

type Told =
  | { readonly do: 'open'; readonly options: OpenStandIns }
  | { readonly do: 'text'; readonly person: number; readonly text: string }
  | { readonly do: 'report' }
  | { readonly do: 'close' };

let fal: Awaited<ReturnType<typeof startLocalFal>>;
let telegram: Awaited<ReturnType<typeof startLocalTelegram>>;
const wishes: Array<{ person: number; message: number; at: number }> = [];

process.on('message', async (told: Told) => {
  switch (told.do) {
    case 'open':
      return process.send?.(await open(told.options));
    case 'text': {
      const at = Date.now();
      const [message] = telegram.drive.sendText(told.person, told.text);
      wishes.push({ person: told.person, message: message?.id ?? 0, at });
      return;
    }
    case 'report':
      return process.send?.(report());
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
  });
  telegram = await startLocalTelegram({
    folder: `${folder}/telegram`,
    token: '7000001:bench',
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
  return { submits, wishes, answers };
}

function replyOf(value: unknown): number {
  const parsed: unknown = typeof value === 'string' ? JSON.parse(value) : value;
  return Number((parsed as { message_id?: number }).message_id);
}

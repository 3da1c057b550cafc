import type { Api } from 'grammy';
import type { SendRateLimiter } from '../send-rate-limiter.js';

/** Nobody waits longer than this for the one before: a send may hang for minutes. */
const patienceMilliseconds = 10_000;

/** What Telegram took, and how to say that it is written down. */
export interface Taken<Sent> {
  readonly sent: Sent;
  readonly written: () => void;
}

/**
 * Pictures leave one after the other, each once the one before is known to have arrived and that is written down. A
 * process that is killed between the two sends again what it had in hand, so that is one picture or album.
 */
export class SerialSender {
  private last: Promise<void> = Promise.resolve();

  constructor(
    private readonly api: Api,
    private readonly limiter: SendRateLimiter,
  ) {}

  /** The next send begins when `send` fails, or when `written` is called. */
  async send<Sent>(chat: number, send: (api: Api) => Promise<Sent>): Promise<Taken<Sent>> {
    await this.limiter.turn(String(chat));
    const before = this.last;
    const { promise, resolve: written } = withResolvers();
    this.last = promise;
    await withPatience(before);
    try {
      return { sent: await send(this.api), written };
    } catch (error) {
      written();
      throw error;
    }
  }
}

function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

async function withPatience(before: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, patienceMilliseconds);
  });
  await Promise.race([before, over]);
  clearTimeout(timer);
}

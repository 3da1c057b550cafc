import type { Api } from 'grammy';
import type { SendRateLimiter } from '../send-rate-limiter.js';

/** A send waits no longer than this for the one before, which may hang for minutes. */
const patienceMilliseconds = 10_000;

/** What Telegram accepted, and the function to call once that is stored. */
export interface Taken<Sent> {
  readonly sent: Sent;
  readonly written: () => void;
}

/**
 * Sends pictures one after the other: the next one leaves once the one before has arrived and that is stored. If the
 * process is killed in between, at most one picture or album is sent twice.
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

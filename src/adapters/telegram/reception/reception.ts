import { GrammyError } from 'grammy';
import type { Logger } from '../../../application/ports/logger.js';
import type { Timing } from '../timing.js';

/** Seconds until Telegram is asked again when it said no; the last one goes on for ever. */
const pausesAfterNo = [5, 10, 20, 40] as const;
/** Seconds until it is asked again when it could not be asked. */
const pauseAfterSilence = 1;
/** Pauses vary by this share, so that two processes do not keep asking at the same moment. */
const jitter = 0.2;
const calmMilliseconds = 60_000;
/** A token that was refused for so long is wrong: only a start with another one helps. */
const patienceWithRefusals = 60_000;
/** The longest that asking and keeping take, with much to spare. */
const patienceWithSilence = 300_000;

/** Keeps track of whether Telegram answers: how long to wait after a failure, and what the operator is told. */
export class Reception {
  private reason: string | null = 'Telegram was not reached yet';
  private noes = 0;
  private lastNo = Number.NEGATIVE_INFINITY;
  private tokenRefusedSince: number | null = null;
  private signOfLifeBy = Number.POSITIVE_INFINITY;

  constructor(
    private readonly timing: Timing,
    private readonly log: Logger,
  ) {}

  get isWell(): boolean {
    return this.reason === null;
  }

  /** Telegram did what it was asked to. */
  heard(): void {
    if (this.noes > 0 && this.reason !== null) this.log.info('Telegram gives messages again');
    this.reason = null;
    this.tokenRefusedSince = null;
    this.goesOn();
  }

  /** Says that fetching goes on, after `milliseconds` of sleep. */
  goesOn(milliseconds = 0): void {
    this.signOfLifeBy = this.timing.milliseconds() + milliseconds + patienceWithSilence;
  }

  /** Telegram did not do what it was asked to. Returns the milliseconds to wait before the next try; there is no last one. */
  trouble(error: unknown): number {
    const milliseconds = this.judge(error);
    this.goesOn(milliseconds);
    return milliseconds;
  }

  private complain(reason: string): void {
    if (this.reason !== reason) this.log.warn(reason);
    this.reason = reason;
  }

  /** Why messages do not arrive, or `null`. */
  complaint(): string | null {
    return this.reason;
  }

  /** Whether another program fetches the updates of this bot. */
  isContested(): boolean {
    return this.reason === conflict;
  }

  /** Why that will not end by itself, or `null`. */
  needsRestart(): string | null {
    const now = this.timing.milliseconds();
    if (this.tokenRefusedSince !== null && now - this.tokenRefusedSince >= patienceWithRefusals)
      return tokenRefused;
    return now > this.signOfLifeBy ? 'nobody has asked Telegram for messages for five minutes' : null;
  }

  private judge(error: unknown): number {
    if (!(error instanceof GrammyError)) return this.couldNotAsk('Telegram is out of reach', error);
    const { error_code: code, description, parameters } = error;
    if (code === 429) {
      const seconds = parameters.retry_after ?? pausesAfterNo[0];
      this.complain(`Telegram wants this bot to wait ${seconds} s`);
      return seconds * 1000;
    }
    if (code >= 500) return this.couldNotAsk('Telegram has trouble', error);
    // Telegram answers 404 to what does not even look like a token.
    const isRefused = code === 401 || code === 404;
    this.tokenRefusedSince = isRefused ? (this.tokenRefusedSince ?? this.timing.milliseconds()) : null;
    if (isRefused) return this.saidNo(tokenRefused, error);
    if (code === 409) return this.saidNo(isWebhookActive(error) ? webhookActive : conflict, error);
    return this.saidNo(`Telegram refuses to give messages: ${description}`, error);
  }

  private couldNotAsk(reason: string, error: unknown): number {
    if (this.reason !== reason) this.log.warn(`${reason}; it is asked again`, { error });
    this.reason = reason;
    this.tokenRefusedSince = null;
    return this.about(pauseAfterSilence);
  }

  private saidNo(reason: string, error: GrammyError): number {
    const now = this.timing.milliseconds();
    if (now - this.lastNo > calmMilliseconds) this.noes = 0;
    const seconds = pausesAfterNo[Math.min(this.noes, pausesAfterNo.length - 1)] ?? pausesAfterNo[0];
    this.noes += 1;
    // Counted from the end of the pause: a pause of 40 s does not mean that things are well.
    this.lastNo = now + seconds * 1000;
    const told = `${reason}. It is asked again for ever, next in ${seconds} s`;
    if (this.reason === reason) this.log.warn(told);
    else this.log.error(told, { error });
    this.reason = reason;
    return this.about(seconds);
  }

  private about(seconds: number): number {
    return Math.round(seconds * 1000 * (1 - jitter + 2 * jitter * this.timing.random()));
  }
}

const tokenRefused = 'Telegram refuses the bot token';
const conflict = 'another program fetches the updates of this bot: only one may';
const webhookActive = 'a webhook is set for this bot: its updates go there';

/** Somebody has set a webhook; while there is one nobody can fetch. */
export const isWebhookActive = (error: unknown): boolean =>
  error instanceof GrammyError &&
  error.error_code === 409 &&
  /webhook is active|setWebhook/.test(error.description);

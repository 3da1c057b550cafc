import { setTimeout as sleep } from 'node:timers/promises';
import type { Update, WebhookInfo } from 'grammy/types';
import { withDeadline } from '../../with-deadline.js';
import type { Collection, Journal } from '../state/journal.js';
import type { UpdateQueue } from './update-queue.js';

export interface WebhookTarget {
  readonly url: string;
  readonly secret: string;
  /** 1-100 deliveries at a time. */
  readonly maxConnections: number;
}

/** What a webhook wrote back when it took an update. */
export interface WebhookReply {
  readonly bytes: Buffer;
  readonly contentType: string;
}

interface Failure {
  readonly at: number;
  readonly message: string;
}

/** Milliseconds before an update is sent again; the last one goes on for ever. */
const retryDelays = [50, 100, 200, 500, 1000, 2000];
/** Telegram hangs up on a slow handler after about a minute and delivers again. */
const patience = 60_000;

/**
 * Delivers updates by POST until the bot answers 2xx. Messages of one chat go one after the other; taps,
 * pre-checkouts and inline queries go beside them, not after them.
 */
export class Webhook {
  private readonly settings: Collection<WebhookTarget>;
  private readonly busyChats = new Set<string>();
  private readonly inFlight = new Set<number>();
  private readonly abort = new AbortController();
  private failure: Failure | undefined;
  private performReply: (reply: WebhookReply) => void = () => {};

  constructor(
    journal: Journal,
    private readonly queue: UpdateQueue,
  ) {
    this.settings = journal.collection('webhook');
    queue.onPush(() => this.deliver());
    setImmediate(() => this.deliver());
  }

  /** Bots may make one call by what they answer; nobody tells them how it went. */
  onReply(performReply: (reply: WebhookReply) => void): void {
    this.performReply = performReply;
  }

  get isSet(): boolean {
    return this.target !== undefined;
  }

  set(target: WebhookTarget): void {
    this.settings.set('now', target);
    this.failure = undefined;
    this.deliver();
  }

  remove(): void {
    this.settings.delete('now');
  }

  info(): WebhookInfo {
    const allowed = this.queue.allowedUpdates as NonNullable<WebhookInfo['allowed_updates']>;
    return {
      url: this.target?.url ?? '',
      has_custom_certificate: false,
      pending_update_count: this.queue.size,
      ...(this.target === undefined ? {} : { max_connections: this.target.maxConnections }),
      ...(allowed.length === 0 ? {} : { allowed_updates: [...allowed] }),
      ...(this.failure === undefined
        ? {}
        : { last_error_date: this.failure.at, last_error_message: this.failure.message }),
    };
  }

  /** Stops delivering; what was not acknowledged is delivered after the next start. */
  close(): void {
    this.abort.abort();
  }

  private get target(): WebhookTarget | undefined {
    return this.settings.get('now');
  }

  private deliver(): void {
    const { target } = this;
    if (target === undefined || this.abort.signal.aborted) return;
    for (const update of this.queue.oldest(1000)) {
      if (this.inFlight.size >= target.maxConnections) return;
      const chat = chatOf(update);
      if (this.inFlight.has(update.update_id) || this.busyChats.has(chat)) continue;
      this.inFlight.add(update.update_id);
      this.busyChats.add(chat);
      this.send(update, 0).finally(() => {
        this.inFlight.delete(update.update_id);
        this.busyChats.delete(chat);
        this.deliver();
      });
    }
  }

  private async send(update: Update, attempt: number): Promise<void> {
    const { target } = this;
    if (target === undefined || this.abort.signal.aborted) return;
    const problem = await this.post(target, update);
    if (this.abort.signal.aborted) return;
    if (problem === undefined) {
      this.queue.confirm(update.update_id);
      return;
    }
    this.failure = { at: Math.floor(Date.now() / 1000), message: problem };
    const delay = retryDelays[Math.min(attempt, retryDelays.length - 1)] ?? 0;
    await sleep(delay, undefined, { ref: false });
    await this.send(update, attempt + 1);
  }

  /** Undefined when it was acknowledged, else what went wrong. */
  private async post(target: WebhookTarget, update: Update): Promise<string | undefined> {
    try {
      return await withDeadline(patience, this.abort.signal, (over) => this.postNow(target, update, over));
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  private async postNow(
    target: WebhookTarget,
    update: Update,
    over: AbortSignal,
  ): Promise<string | undefined> {
    const response = await fetch(target.url, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'content-type': 'application/json',
        ...(target.secret === '' ? {} : { 'x-telegram-bot-api-secret-token': target.secret }),
      },
      body: JSON.stringify(update),
      signal: over,
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    if (!response.ok) return `Wrong response from the webhook: ${response.status} ${response.statusText}`;
    if (bytes.length > 0)
      this.performReply({ bytes, contentType: response.headers.get('content-type') ?? '' });
    return undefined;
  }
}

function chatOf(update: Update): string {
  if (update.callback_query) return `callback ${update.update_id}`;
  if (update.pre_checkout_query) return `checkout ${update.update_id}`;
  if (update.inline_query) return `inline ${update.inline_query.from.id}`;
  const chat = (update.message ?? update.edited_message ?? update.my_chat_member)?.chat.id;
  return `chat ${chat ?? update.update_id}`;
}

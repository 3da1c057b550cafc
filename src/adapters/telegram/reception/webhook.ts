import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Update } from 'grammy/types';
import type { Logger } from '../../../application/ports/logger.js';

export const webhookPath = '/webhooks/telegram';
const secretHeader = 'X-Telegram-Bot-Api-Secret-Token';

/** Every process of the bot can derive it from the token; the token cannot be derived from it. */
export const webhookSecret = (token: string): string =>
  createHmac('sha256', token).update('webhook secret').digest('hex');

/** A request of anybody who knows the address. Its body is limited in size. */
export interface WebhookRequest {
  header(name: string): string | undefined;
  body(): Promise<Uint8Array>;
}

/** Takes updates in over HTTP. They are acknowledged once they are kept, and dealt with after. */
export class WebhookEndpoint {
  constructor(
    private readonly secret: string,
    private readonly keep: (updates: readonly Update[]) => Promise<readonly Update[]>,
    /** Returns at once. */
    private readonly deal: (update: Update) => void,
    private readonly log: Logger,
  ) {}

  /** The body of a request without the secret is not read. Throws what reading it throws. */
  async receive(request: WebhookRequest): Promise<Response> {
    if (!isSame(request.header(secretHeader) ?? '', this.secret))
      return new Response('wrong secret', { status: 401 });
    const received = parse(new TextDecoder().decode(await request.body()));
    if (received === null) return new Response('not an update', { status: 400 });
    let updates: readonly Update[];
    try {
      updates = await this.keep([received]);
    } catch (error) {
      this.log.warn('an update could not be kept; Telegram sends it again', {
        update: received.update_id,
        error,
      });
      return new Response('come again', { status: 503 });
    }
    for (const update of updates) this.deal(update);
    return new Response(null, { status: 200 });
  }
}

/** In a time that says nothing about where they differ. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

function parse(body: string): Update | null {
  try {
    const value: unknown = JSON.parse(body);
    return isUpdate(value) ? value : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

const isUpdate = (value: unknown): value is Update =>
  typeof value === 'object' &&
  value !== null &&
  'update_id' in value &&
  Number.isSafeInteger(value.update_id);

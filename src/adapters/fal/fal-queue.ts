import type { FalClient } from '@fal-ai/client';
import type { Logger } from '../../application/ports/logger.js';
import { ProviderError } from '../../application/ports/provider-error.js';
import type { Failure } from '../../domain/failure.js';
import { AnswerTooLong } from './bounded-body.js';
import type { FalAccount } from './fal-client.js';
import { jobFailure, questionTrouble, submitTrouble } from './fal-errors.js';
import { FalRefusal, FalUnreachable } from './fal-fetch.js';
import { type FalStatus, readStatus } from './fal-status.js';
import { type FalJob, fromTicket, isRequestId, requestIdIn, toTicket } from './fal-ticket.js';

export interface FalQueueSettings extends FalAccount {
  /** Where fal reports the end of a job; without it there are no webhooks. */
  readonly webhookUrl?: ((reference: string, endpoint: string) => string) | undefined;
  readonly logger: Logger;
  /** 30 s: a submit that takes longer is in doubt. */
  readonly submitMilliseconds?: number;
  /** 15 s for every other question. */
  readonly questionMilliseconds?: number;
}

export interface FalSubmit {
  /** As a plain string, because the client's type map lacks endpoints that exist. */
  readonly endpoint: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Names our job in the webhook. */
  readonly reference: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** For so long fal keeps the files of the result. Seconds. */
  readonly resultLives: number;
}

/** What a job that is over left: what it answered, or why it failed. */
export type FalResult =
  | { readonly kind: 'done'; readonly data: unknown }
  | { readonly kind: 'failed'; readonly failure: Failure };

/**
 * fal's queue. One call is one request: nothing is repeated here, because fal has no idempotency key and whoever
 * repeats a submit may buy twice. All throw ProviderError.
 */
export class FalQueue {
  constructor(
    private readonly settings: FalQueueSettings,
    private readonly client: FalClient,
  ) {}

  /** Returns the ticket. */
  async submit({ endpoint, input, reference, headers = {}, resultLives }: FalSubmit): Promise<string> {
    const { webhookUrl, submitMilliseconds = 30_000, logger } = this.settings;
    const answer = await this.client.queue
      .submit(endpoint, {
        input,
        headers,
        storageSettings: { expiresIn: resultLives },
        abortSignal: AbortSignal.timeout(submitMilliseconds),
        ...(webhookUrl === undefined ? {} : { webhookUrl: webhookUrl(reference, endpoint) }),
      })
      .catch((error: unknown) => {
        throw submitTrouble(error);
      });
    const requestId = requestIdIn(answer);
    if (!isRequestId(requestId)) throw new ProviderError('in_doubt', 'fal took the order without naming it');
    logger.debug('fal took an order', { endpoint, requestId });
    return toTicket({ endpoint, requestId });
  }

  async status(job: FalJob): Promise<FalStatus> {
    return readStatus(await this.#answerOf(() => this.#ask(job, false)));
  }

  /** With the job's log, as far as it can be read. */
  async statusWithLog(job: FalJob): Promise<{ readonly status: FalStatus; readonly log: unknown }> {
    const answer = await this.#answerOf(() =>
      this.#ask(job, true).catch((error: unknown) => {
        // A log may grow beyond what is read of an answer; the status counts more.
        if (error instanceof FalUnreachable && error.reason instanceof AnswerTooLong)
          return this.#ask(job, false);
        throw error;
      }),
    );
    return { status: readStatus(answer), log: 'logs' in answer ? answer.logs : null };
  }

  /** `null`: fal says it is too early to ask. */
  async result({ endpoint, requestId }: FalJob): Promise<FalResult | null> {
    try {
      const { data } = await this.client.queue.result(endpoint, { requestId, abortSignal: this.#soon() });
      if (typeof data === 'string') throw new ProviderError('not_taken', 'fal sent a result that is no JSON');
      return { kind: 'done', data };
    } catch (error) {
      const failure = error instanceof FalRefusal ? jobFailure(error) : null;
      if (failure !== null) return { kind: 'failed', failure };
      if (error instanceof FalRefusal && error.status === 400) return null;
      throw questionTrouble(error);
    }
  }

  async cancel(ticket: string): Promise<void> {
    const { endpoint, requestId } = fromTicket(ticket);
    const abortSignal = this.#soon();
    await this.client.queue.cancel(endpoint, { requestId, abortSignal }).catch((error: unknown) => {
      // 400: completed already. 404: fal has forgotten it.
      if (error instanceof FalRefusal && (error.status === 400 || error.status === 404)) return;
      throw questionTrouble(error);
    });
  }

  #ask({ endpoint, requestId }: FalJob, logs: boolean) {
    return this.client.queue.status(endpoint, { requestId, logs, abortSignal: this.#soon() });
  }

  async #answerOf<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    try {
      return await ask();
    } catch (error) {
      throw questionTrouble(error);
    }
  }

  #soon(): AbortSignal {
    return AbortSignal.timeout(this.settings.questionMilliseconds ?? 15_000);
  }
}

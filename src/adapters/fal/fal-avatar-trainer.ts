import { setTimeout as delay } from 'node:timers/promises';
import type { FalClient } from '@fal-ai/client';
import type { AvatarTrainer } from '../../application/ports/avatar-trainer.js';
import type { Logger } from '../../application/ports/logger.js';
import { ProviderError } from '../../application/ports/provider-error.js';
import type { TrainingOrder } from '../../domain/training/training-order.js';
import type { TrainingOutcome, TrainingPending } from '../../domain/training/training-outcome.js';
import { AnswerTooLong } from './bounded-body.js';
import { createClient, type FalAccount } from './fal-client.js';
import { jobFailure, questionTrouble, submitTrouble } from './fal-errors.js';
import { FalRefusal, FalUnreachable } from './fal-fetch.js';
import { type FalStatus, readStatus } from './fal-status.js';
import { fromTicket, isRequestId, requestIdIn, toTicket } from './fal-ticket.js';
import { stepIn, trainingFromWire, trainingToWire } from './fal-training-wire.js';
import { upload } from './files/fal-upload.js';
import { trainingArchive } from './files/training-archive.js';

export interface FalAvatarTrainerSettings extends FalAccount {
  /** Where fal reports the end of a job; without it there are no webhooks. */
  readonly webhookUrl?: ((reference: string, endpoint: string) => string) | undefined;
  readonly logger: Logger;
  /** 30 s: a submit that takes longer is in doubt. */
  readonly submitMilliseconds?: number;
  /** 15 s for every other question. */
  readonly questionMilliseconds?: number;
  /** 2 s between two looks at the log. */
  readonly pollMilliseconds?: number;
}

/** The archive holds faces: as long as a training can wait in fal's queue and run, no longer. */
const photosLiveSeconds = 21_600;

/**
 * Weights are public to whoever knows their address, so they do not lie at fal for ever. Ours are kept, and put there
 * again when somebody needs them.
 */
export const weightsLiveSeconds = 30 * 86_400;

/** fal's trainers. One call is one request: whoever repeats a submit may buy twice. */
export class FalAvatarTrainer implements AvatarTrainer {
  readonly #client: FalClient;

  constructor(private readonly settings: FalAvatarTrainerSettings) {
    this.#client = createClient(settings);
  }

  async upload(photos: readonly Uint8Array[]): Promise<string> {
    const archive = await trainingArchive(photos);
    // The trainer judges the archive by its name.
    const file = new File([new Uint8Array(archive)], 'photos.zip', { type: 'application/zip' });
    return upload({ client: this.#client, restUrl: this.settings.restUrl }, file, photosLiveSeconds);
  }

  async submit(order: TrainingOrder, archive: string, job: { reference: string }): Promise<string> {
    const endpoint: string = order.endpoint;
    const answer = await this.#client.queue
      .submit(endpoint, {
        input: trainingToWire(order, archive),
        headers: { 'X-Fal-Store-IO': '0' },
        storageSettings: { expiresIn: weightsLiveSeconds },
        abortSignal: AbortSignal.timeout(this.settings.submitMilliseconds ?? 30_000),
        ...this.#webhook(job.reference, endpoint),
      })
      .catch((error: unknown) => {
        throw submitTrouble(error);
      });
    const requestId = requestIdIn(answer);
    if (!isRequestId(requestId)) throw new ProviderError('in_doubt', 'fal took the order without naming it');
    this.settings.logger.debug('fal took a training', { endpoint, requestId });
    return toTicket({ endpoint, requestId });
  }

  async check(ticket: string): Promise<TrainingOutcome> {
    const status = await this.#status(ticket);
    if (status.kind === 'pending') return status;
    return status.failure === null ? this.#result(ticket) : { kind: 'failed', failure: status.failure };
  }

  async *watch(ticket: string, signal: AbortSignal): AsyncGenerator<TrainingPending, void, undefined> {
    let last = '';
    while (!signal.aborted) {
      const status = await this.#status(ticket).catch((error: unknown) => {
        this.settings.logger.debug('lost sight of a training at fal', { ticket, error });
        return null;
      });
      if (status === null || status.kind === 'over') return;
      const seen = JSON.stringify(status);
      if (seen !== last) yield status;
      last = seen;
      await delay(this.settings.pollMilliseconds ?? 2_000, undefined, { signal }).catch((error: unknown) => {
        // Asked to stop: the loop sees it.
        if (!signal.aborted) throw error;
      });
    }
  }

  async cancel(ticket: string): Promise<void> {
    const { endpoint, requestId } = fromTicket(ticket);
    const abortSignal = this.#soon();
    await this.#client.queue.cancel(endpoint, { requestId, abortSignal }).catch((error: unknown) => {
      // 400: completed already. 404: fal has forgotten it.
      if (error instanceof FalRefusal && (error.status === 400 || error.status === 404)) return;
      throw questionTrouble(error);
    });
  }

  async #status(ticket: string): Promise<TrainingPending | Extract<FalStatus, { kind: 'over' }>> {
    const { endpoint, requestId } = fromTicket(ticket);
    try {
      const ask = (logs: boolean) =>
        this.#client.queue.status(endpoint, { requestId, logs, abortSignal: this.#soon() });
      const answer = await ask(true).catch((error: unknown) => {
        // A log may grow beyond what is read of an answer; the status counts more.
        if (error instanceof FalUnreachable && error.reason instanceof AnswerTooLong) return ask(false);
        throw error;
      });
      const status = readStatus(answer);
      return status.kind === 'over'
        ? status
        : { ...status, ...stepIn('logs' in answer ? answer.logs : null) };
    } catch (error) {
      throw questionTrouble(error);
    }
  }

  async #result(ticket: string): Promise<TrainingOutcome> {
    const { endpoint, requestId } = fromTicket(ticket);
    try {
      const { data } = await this.#client.queue.result(endpoint, { requestId, abortSignal: this.#soon() });
      if (typeof data === 'string') throw new ProviderError('not_taken', 'fal sent a result that is no JSON');
      return trainingFromWire(data);
    } catch (error) {
      const failure = error instanceof FalRefusal ? jobFailure(error) : null;
      if (failure !== null) return { kind: 'failed', failure };
      throw questionTrouble(error);
    }
  }

  #webhook(reference: string, endpoint: string) {
    const { webhookUrl } = this.settings;
    return webhookUrl === undefined ? {} : { webhookUrl: webhookUrl(reference, endpoint) };
  }

  #soon(): AbortSignal {
    return AbortSignal.timeout(this.settings.questionMilliseconds ?? 15_000);
  }
}

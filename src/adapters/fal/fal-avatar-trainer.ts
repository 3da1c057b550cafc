import type { FalClient } from '@fal-ai/client';
import type { AvatarTrainer } from '../../application/ports/avatar-trainer.js';
import { ProviderError } from '../../application/ports/provider-error.js';
import type { TrainingOrder } from '../../domain/training/training-order.js';
import type { TrainingOutcome, TrainingPending } from '../../domain/training/training-outcome.js';
import { createClient } from './fal-client.js';
import { FalQueue, type FalQueueSettings } from './fal-queue.js';
import type { FalOver } from './fal-status.js';
import { fromTicket } from './fal-ticket.js';
import { stepIn, trainingFromWire, trainingToWire } from './fal-training-wire.js';
import { upload } from './files/fal-upload.js';
import { trainingArchive } from './files/training-archive.js';

/** The archive holds faces: as long as a training can wait in fal's queue and run, no longer. */
const photosLiveSeconds = 21_600;

/**
 * Weights are public to whoever knows their address, so they do not lie at fal for ever. Ours are kept, and put there
 * again when somebody needs them.
 */
export const weightsLiveSeconds = 30 * 86_400;

/** Trainings in fal's queue. */
export class FalAvatarTrainer implements AvatarTrainer {
  readonly #client: FalClient;
  readonly #queue: FalQueue;

  constructor(private readonly settings: FalQueueSettings) {
    this.#client = createClient(settings);
    this.#queue = new FalQueue(settings, this.#client);
  }

  async upload(photos: readonly Uint8Array[]): Promise<string> {
    const archive = await trainingArchive(photos);
    // The trainer judges the archive by its name.
    const file = new File([new Uint8Array(archive)], 'photos.zip', { type: 'application/zip' });
    return upload({ client: this.#client, restUrl: this.settings.restUrl }, file, photosLiveSeconds);
  }

  submit(order: TrainingOrder, archive: string, job: { reference: string }): Promise<string> {
    return this.#queue.submit({
      endpoint: order.endpoint,
      input: trainingToWire(order, archive),
      reference: job.reference,
      headers: { 'X-Fal-Store-IO': '0' },
      resultLives: weightsLiveSeconds,
    });
  }

  async check(ticket: string): Promise<TrainingOutcome> {
    const status = await this.#status(ticket);
    if (status.kind === 'pending') return status;
    if (status.failure !== null) return { kind: 'failed', failure: status.failure };
    const result = await this.#queue.result(fromTicket(ticket));
    if (result === null)
      throw new ProviderError('not_taken', 'fal calls the training completed and its result not ready');
    return result.kind === 'done' ? trainingFromWire(result.data) : result;
  }

  async ask(ticket: string): Promise<TrainingPending | null> {
    const status = await this.#status(ticket);
    return status.kind === 'over' ? null : status;
  }

  cancel(ticket: string): Promise<void> {
    return this.#queue.cancel(ticket);
  }

  async #status(ticket: string): Promise<TrainingPending | FalOver> {
    const { status, log } = await this.#queue.statusWithLog(fromTicket(ticket));
    return status.kind === 'over' ? status : { ...status, ...stepIn(log) };
  }
}

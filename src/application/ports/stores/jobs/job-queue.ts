import type { GenerationIn } from '../../../../domain/generation/generation.js';
import type { AvatarId, GenerationId, TrainingId } from '../../../../domain/ids.js';
import type { ProviderEvent } from '../../provider-webhooks.js';
import type { Notification } from '../../transport.js';

/** What the step before knows, which has taken the row on lease for this one already. It never leaves the process. */
export interface HeldToCollect {
  readonly row: GenerationIn<'submitted'>;
  readonly event: ProviderEvent;
}
export interface HeldToDeliver {
  readonly result: Extract<Notification, { kind: 'result' }>;
  /** Ticks of the moment before it was taken. */
  readonly since: number;
}

export type GenerationJob =
  /** Submit the next generation of the fair queue, whichever it is. A numbered spare is not added while the same one waits. */
  | { readonly task: 'submit-next'; readonly spare?: number }
  /** A submit ended in doubt: decide. */
  | { readonly task: 'resolve-submit'; readonly generation: GenerationId }
  /** Ask what became of it and fetch the images. */
  | { readonly task: 'collect'; readonly generation: GenerationId; readonly held?: HeldToCollect }
  /** Hand the result to the person, or say how the job ended. */
  | { readonly task: 'deliver'; readonly generation: GenerationId; readonly held?: HeldToDeliver }
  /** Tell the provider to stop. */
  | { readonly task: 'cancel-at-provider'; readonly ticket: string };

export type TrainingJob =
  /** Send the photos and have the avatar trained. */
  | { readonly task: 'submit-training'; readonly training: TrainingId }
  /** A training's submit ended in doubt: decide. */
  | { readonly task: 'resolve-training'; readonly training: TrainingId }
  /** Ask what became of a training and fetch the weights. */
  | { readonly task: 'collect-training'; readonly training: TrainingId }
  /** Tell the person that an avatar is ready, show its proof sheet, or say how the training ended. */
  | { readonly task: 'deliver-training'; readonly training: TrainingId }
  /** Order what the proof sheet still lacks, or put it together. */
  | { readonly task: 'make-proof'; readonly training: TrainingId }
  /** Tell the trainer to stop. */
  | { readonly task: 'cancel-training-at-provider'; readonly ticket: string };

/** Copy weights that were brought by address. */
export type AvatarJob = { readonly task: 'keep-weights'; readonly avatar: AvatarId };

/** A nudge to look at a row. Losing one or running it twice does no harm: the row's state is the truth. */
export type Job = GenerationJob | TrainingJob | AvatarJob;

/** What to do for each kind of job. A handler that throws is called again later by the queue. */
export type JobHandlers<Handled extends Job = Job> = {
  readonly [Name in Handled['task']]: (job: Extract<Handled, { task: Name }>) => Promise<unknown>;
};

export interface JobQueue {
  /**
   * Whether this process begins such a job itself as soon as the current transaction is committed. Then the job may
   * come with a row that is held for it.
   */
  begins(job: Job): boolean;
  /** Adds the job in the current transaction. A waiting job with the same content is not added twice. */
  add(job: Job, runAt?: Date): Promise<void>;
}

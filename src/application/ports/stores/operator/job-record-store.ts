import type { Generation } from '../../../../domain/generation/generation.js';
import type { GenerationId, TrainingId } from '../../../../domain/ids.js';
import type { Training } from '../../../../domain/training/training.js';
import type { ProviderEvent } from '../../provider-webhooks.js';
import type { ImageRow } from '../image-store.js';
import type { WrittenEntry } from '../ledger.js';

/** A webhook of the provider without what it says: that may repeat a person's words. */
export interface HeardEvent extends Omit<ProviderEvent, 'outcome'> {
  /** `null`: it could not carry the result. */
  readonly outcome: NonNullable<ProviderEvent['outcome']>['kind'] | null;
  readonly receivedAt: Date;
}

/** All rows that tell of one job. What served is forgotten after days or weeks, so old jobs have fewer. */
export interface JobRecord<Job> {
  readonly job: Job;
  /** Steps that were begun since it came to be as it is, and came to no end. */
  readonly tries: number;
  readonly lastError: string | null;
  readonly deadAt: Date | null;
  /** The worker that has it in hand. */
  readonly holder: string | null;
  /** Of all its runs, oldest first. */
  readonly entries: readonly WrittenEntry[];
  /** Of all its calls, oldest first. */
  readonly events: readonly HeardEvent[];
  /** By position. */
  readonly images: readonly (ImageRow & { readonly deletedAt: Date | null })[];
  /** The message that shows how far it is. */
  readonly message: {
    readonly source: string;
    readonly shownAt: Date;
    readonly draftedAt: Date | null;
  } | null;
  /** What is still owed after the result. */
  readonly followUp: { readonly source: string; readonly takenAt: Date } | null;
}

/** For the operator: what is kept of a job, wherever it is kept. */
export interface JobRecordStore {
  ofGeneration(id: GenerationId): Promise<JobRecord<Generation> | null>;
  ofTraining(id: TrainingId): Promise<JobRecord<Training> | null>;
}

import type { Training, TrainingEffect, TrainingIn } from '../../domain/training/training.js';
import { trainingAdopted } from '../../domain/training/training-transitions.js';
import type { JobStores } from '../jobs/job-stores.js';
import { LateResults } from '../jobs/late-results.js';
import type { Needs } from '../ports/needs.js';
import { ProviderError } from '../ports/provider-error.js';
import { trainingKind } from './training-kind.js';

type Sendable = TrainingIn<'accepted' | 'submitting' | 'training'>;

export type LateWeights = LateResults<Training, Sendable, TrainingEffect>;

/** Trainings that were bought twice. An event says that one is over, not that it brought weights: that is asked. */
export const lateWeights = (parts: Needs<JobStores, 'trainer' | 'metrics' | 'log'>): LateWeights =>
  new LateResults(parts, {
    kind: trainingKind,
    brings: ({ ticket, outcome }) => outcome?.kind !== 'failed' && hasWeights(parts, ticket),
    adopted: trainingAdopted,
  });

async function hasWeights(
  { trainer, log }: Parameters<typeof lateWeights>[0],
  ticket: string,
): Promise<boolean> {
  try {
    return (await trainer.check(ticket)).kind === 'done';
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    log.warn('could not ask what became of a training that was bought again', { ticket, error });
    return false;
  }
}

import type { Effect, Generation, GenerationIn } from '../../domain/generation/generation.js';
import { adopted } from '../../domain/generation/generation-transitions.js';
import type { JobStores } from '../jobs/job-stores.js';
import { LateResults } from '../jobs/late-results.js';
import type { Needs } from '../ports/needs.js';
import { generationKind } from './generation-kind.js';

type Sendable = GenerationIn<'accepted' | 'submitting' | 'submitted'>;

export type LateImages = LateResults<Generation, Sendable, Effect>;

/** Pictures that were bought twice. A withheld picture or a failure may be of an order that was changed since. */
export const lateImages = (parts: Needs<JobStores, 'metrics' | 'log'>): LateImages =>
  new LateResults(parts, {
    kind: generationKind,
    brings: ({ outcome }) => outcome?.kind === 'done' && outcome.images.some(({ flagged }) => !flagged),
    adopted,
  });

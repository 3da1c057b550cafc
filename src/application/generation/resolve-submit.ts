import type { Effect, Generation, GenerationIn } from '../../domain/generation/generation.js';
import { buyAgain, maybeBought, submitted } from '../../domain/generation/generation-transitions.js';
import { type DoubtParts, ResolveDoubt } from '../jobs/resolve-doubt.js';
import { doubtSeconds, type Policy } from '../policy/policy.js';
import { generationKind } from './generation-kind.js';
import { LateResults } from './late-results.js';

export type ResolveSubmit = ResolveDoubt<Generation, GenerationIn<'submitting'>, Effect>;

/** Decides about pictures whose submit ended in doubt. */
export function resolveSubmit(parts: DoubtParts & { readonly policy: Policy }): ResolveSubmit {
  const { database, metrics, log, policy, worker } = parts;
  const lateResults = new LateResults({ metrics, log });
  return new ResolveDoubt(parts, {
    kind: generationKind,
    submitting: 'submitting',
    isDoubtful: (row): row is GenerationIn<'submitting'> => row.status === 'submitting',
    noticed: (row, now) => {
      const { next } = maybeBought(row, now);
      return next.status === 'submitting' ? next : row;
    },
    submitted: (row, ticket, now) => submitted(row, ticket, now).next,
    takesLateResult: async (row, now) =>
      row.doubts > 0 &&
      database.transaction((stores) => lateResults.adopt(stores, row, { lease: worker }, now)),
    patience: ({ preset }) => doubtSeconds(policy, preset),
    repeated: buyAgain,
  });
}

import { type Generation, type GenerationIn, referenceOf } from '../../domain/generation/generation.js';
import { buyAgain, maybeBought, submitted } from '../../domain/generation/generation-transitions.js';
import type { GenerationId } from '../../domain/ids.js';
import { type DoubtParts, ResolveDoubt } from '../jobs/resolve-doubt.js';
import { doubtSeconds, type Policy } from '../policy/policy.js';
import { applyEffects } from './apply-effects.js';
import { LateResults } from './late-results.js';

export type ResolveSubmit = ResolveDoubt<GenerationId, Generation, GenerationIn<'submitting'>>;

/** Decides about pictures whose submit ended in doubt. */
export function resolveSubmit(parts: DoubtParts & { readonly policy: Policy }): ResolveSubmit {
  const { database, metrics, log, policy, worker } = parts;
  const lateResults = new LateResults({ metrics, log });
  return new ResolveDoubt(parts, {
    kind: 'generation',
    rows: ({ generations }) => generations,
    submitting: 'submitting',
    isDoubtful: (row): row is GenerationIn<'submitting'> => row.status === 'submitting',
    since: ({ ambiguousAt }) => ambiguousAt,
    reference: (row) => referenceOf(row),
    noticed: (row, now) => {
      const { next } = maybeBought(row, now);
      return next.status === 'submitting' ? next : row;
    },
    submitted: (row, ticket, now) => submitted(row, ticket, now).next,
    takesLateResult: async (row, now) =>
      row.doubts > 0 &&
      database.transaction((stores) => lateResults.adopt(stores, row, { lease: worker }, now)),
    patience: ({ preset }) => doubtSeconds(policy, preset),
    repeated: (row, now) => {
      const transition = buyAgain(row, now);
      return { next: transition.next, apply: (stores) => applyEffects(stores, row, transition, now) };
    },
    isGivenUp: ({ status }) => status !== 'accepted',
    jobs: {
      collect: (id) => ({ task: 'collect', generation: id }),
      resolve: (id) => ({ task: 'resolve-submit', generation: id }),
    },
  });
}

import type { Effect, Generation, GenerationIn } from '../../domain/generation/generation.js';
import { buyAgain, maybeBought } from '../../domain/generation/generation-transitions.js';
import { type DoubtParts, ResolveDoubt } from '../jobs/resolve-doubt.js';
import { doubtSeconds, type Policy } from '../policy/policy.js';
import { generationKind } from './generation-kind.js';
import { lateImages } from './late-results.js';

export type ResolveSubmit = ResolveDoubt<Generation, GenerationIn<'submitting'>, Effect>;

/** Decides about pictures whose submit ended in doubt. */
export function resolveSubmit(parts: DoubtParts & { readonly policy: Policy }): ResolveSubmit {
  return new ResolveDoubt<Generation, GenerationIn<'submitting'>, Effect>(parts, {
    kind: generationKind,
    submitting: 'submitting',
    isDoubtful: (row): row is GenerationIn<'submitting'> => row.status === 'submitting',
    noticed: (row, now) => {
      const { next } = maybeBought(row, now);
      return next.status === 'submitting' ? next : row;
    },
    lateResults: lateImages(parts),
    patience: ({ preset }) => doubtSeconds(parts.policy, preset),
    repeated: buyAgain,
  });
}

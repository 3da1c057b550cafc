import type { GenerationIn } from '../../domain/generation/generation.js';
import { type Followed, noWatch, type ProviderWatch, StreamWatch } from '../jobs/provider-watch.js';
import type { Policy } from '../policy/policy.js';
import type { ImageGenerator, Pending } from '../ports/image-generator.js';
import type { Needs } from '../ports/needs.js';
import { generationKind } from './generation-kind.js';
import type { TellProgress } from './tell-progress.js';

export type GenerationWatch = ProviderWatch<GenerationIn<'submitted'>>;

/** Quick jobs are over before their progress is worth a write. Milliseconds. */
const worthTelling = 300;

type Parts = Needs<'jobs', 'clock' | 'log'> & {
  readonly generator: Pick<ImageGenerator, 'watch'>;
  readonly policy: Pick<Policy, 'webhooks'>;
  readonly tellProgress: TellProgress;
};

/** Follows pictures at the provider. With webhooks nobody needs watching. */
export function watchGenerations(parts: Parts): GenerationWatch {
  const { database, generator, clock, policy, tellProgress, log } = parts;
  if (policy.webhooks) return noWatch;
  const followed: Followed<GenerationIn<'submitted'>, Pending> = {
    kind: generationKind,
    watch: (ticket, signal) => generator.watch(ticket, signal),
    onPending: async (generation, pending) => {
      const age = clock.now().getTime() - generation.submittedAt.getTime();
      if (age >= worthTelling) await tellProgress.execute(generation, pending);
    },
  };
  return new StreamWatch(database, followed, log);
}

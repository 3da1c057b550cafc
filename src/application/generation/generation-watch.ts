import type { GenerationIn } from '../../domain/generation/generation.js';
import { type Followed, type ProviderWatch, StreamWatch } from '../jobs/provider-watch.js';
import type { Clock } from '../ports/clock.js';
import type { ImageGenerator, Pending } from '../ports/image-generator.js';
import type { Logger } from '../ports/logger.js';
import type { Database } from '../ports/stores/stores.js';
import { generationKind } from './generation-kind.js';
import type { TellProgress } from './tell-progress.js';

export type GenerationWatch = ProviderWatch<GenerationIn<'submitted'>>;

/** Quick jobs are over before their progress is worth a write. Milliseconds. */
const worthTelling = 300;

/** Follows pictures at the provider. */
export function watchGenerations(parts: {
  readonly database: Database<'jobs'>;
  readonly generator: Pick<ImageGenerator, 'watch'>;
  readonly clock: Clock;
  readonly tellProgress: TellProgress;
  readonly log: Logger;
}): GenerationWatch {
  const { generator, clock, tellProgress } = parts;
  const followed: Followed<GenerationIn<'submitted'>, Pending> = {
    kind: generationKind,
    watch: (ticket, signal) => generator.watch(ticket, signal),
    onPending: async (generation, pending) => {
      const age = clock.now().getTime() - generation.submittedAt.getTime();
      if (age >= worthTelling) await tellProgress.execute(generation, pending);
    },
  };
  return new StreamWatch(parts.database, followed, parts.log);
}

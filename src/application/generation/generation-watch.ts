import type { GenerationIn } from '../../domain/generation/generation.js';
import type { Followed, Tempo } from '../jobs/followed.js';
import type { ProviderWatch } from '../jobs/provider-watch.js';
import { WatchMany } from '../jobs/watch-many.js';
import { deadlineSeconds, type Policy, pollSeconds } from '../policy/policy.js';
import type { ImageGenerator, Pending } from '../ports/image-generator.js';
import type { Needs } from '../ports/needs.js';
import { generationKind } from './generation-kind.js';
import type { TellProgress } from './tell-progress.js';

export type GenerationWatch = ProviderWatch<GenerationIn<'submitted'>>;

/** Quick jobs are over before their progress is worth a write. Milliseconds. */
const worthTelling = 300;

const closely: Tempo = { streams: 32, soonest: 0.5, latest: 15 };
/** The provider calls us: asking only finds what was missed. */
const fromAfar: Tempo = { streams: 0, soonest: pollSeconds, latest: 60 };

type Parts = Needs<'generations' | 'jobs', 'clock' | 'worker' | 'log'> & {
  readonly generator: Pick<ImageGenerator, 'watch' | 'ask'>;
  readonly policy: Pick<Policy, 'webhooks'>;
  readonly tellProgress: TellProgress;
};

/** Follows pictures at the provider. */
export function watchGenerations(parts: Parts): GenerationWatch {
  const { database, generator, clock, policy, tellProgress } = parts;
  const followed: Followed<GenerationIn<'submitted'>, Pending> = {
    kind: generationKind,
    rows: database.stores.generations,
    stream: (ticket, signal) => generator.watch(ticket, signal),
    ask: (ticket) => generator.ask(ticket),
    onPending: async (generation, pending) => {
      const age = clock.now().getTime() - generation.submittedAt.getTime();
      if (age >= worthTelling) await tellProgress.execute(generation, pending);
    },
    deadlineSeconds: ({ preset }) => deadlineSeconds(preset),
    tempo: policy.webhooks ? fromAfar : closely,
  };
  return new WatchMany(parts, followed);
}

import type {
  DurationEstimate,
  DurationStore,
} from '../../src/application/ports/stores/jobs/duration-store.js';
import type { PresetName } from '../../src/domain/generation/preset.js';
import type { GenerationId } from '../../src/domain/ids.js';
import type { Access } from './in-memory-state.js';

export class InMemoryDurationStore implements DurationStore {
  constructor(private readonly access: Access) {}

  measured(preset: PresetName): Promise<DurationEstimate | null> {
    return this.access(({ generations }) => {
      const seconds = [...generations.values()]
        .map(({ job }) => job)
        .filter((job) => job.preset === preset)
        .filter((job) => job.status === 'collected' || job.status === 'delivered')
        .sort((one, other) => other.collectedAt.getTime() - one.collectedAt.getTime())
        .slice(0, 100)
        .map((job) => (job.collectedAt.getTime() - job.submittedAt.getTime()) / 1000)
        .sort((one, other) => one - other);
      return seconds.length < 5 ? null : { typical: quantile(seconds, 0.5), slow: quantile(seconds, 0.9) };
    });
  }

  ahead(id: GenerationId): Promise<number> {
    return this.access(({ generations }) => {
      const mine = generations.get(id);
      if (mine?.job.status !== 'accepted') return 0;
      return [...generations.values()].filter(
        (other) =>
          other.job.status === 'accepted' &&
          (other.turn < mine.turn || (other.turn === mine.turn && other.job.createdAt < mine.job.createdAt)),
      ).length;
    });
  }
}

/** Between two values, in proportion, as PostgreSQL's `percentile_cont`. */
function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(place)] ?? 0, sorted[Math.ceil(place)] ?? 0];
  return low + (high - low) * (place - Math.floor(place));
}

import type { Generation } from '../../domain/generation/generation.js';
import type { GenerationId } from '../../domain/ids.js';
import type { Sleep } from '../jobs/retry-write.js';
import type { Needs } from '../ports/needs.js';
import type { Progress } from '../ports/stores/generation-store.js';
import type { ImageRow } from '../ports/stores/image-store.js';

const lookMilliseconds = 100;

type Parts = Needs<'generations' | 'images'> & { readonly sleep: Sleep };

/** Waits until a job has its images or has ended without, whichever process works on it. */
export class AwaitGeneration {
  constructor(private readonly parts: Parts) {}

  /** `onProgress` is called at every change. Rejects when `signal` aborts; the job itself goes on. */
  async execute(
    id: GenerationId,
    { onProgress, signal }: { onProgress?: (progress: Progress) => void; signal?: AbortSignal } = {},
  ): Promise<{ generation: Generation; images: readonly ImageRow[] }> {
    const { generations, images } = this.parts.database.stores;
    let last = '';
    for (;;) {
      signal?.throwIfAborted();
      const generation = await generations.find(id);
      if (generation === null) throw new Error(`generation ${id} vanished`);
      switch (generation.status) {
        case 'accepted':
        case 'submitting':
        case 'submitted': {
          const progress = (await generations.progressOf(id)) ?? { phase: 'queued', position: null };
          if (JSON.stringify(progress) !== last) onProgress?.(progress);
          last = JSON.stringify(progress);
          break;
        }
        case 'collected':
        case 'delivered':
          return { generation, images: await images.ofGeneration(id) };
        case 'blocked':
        case 'failed':
        case 'cancelled':
          return { generation, images: [] };
        default:
          generation satisfies never;
      }
      await this.parts.sleep(lookMilliseconds);
    }
  }
}

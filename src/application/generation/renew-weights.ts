import { isInFile, type WeightsFile } from '../../domain/avatar/avatar-model.js';
import { atAddress, modelsOf } from '../../domain/avatar/avatar-versions.js';
import type { GenerationIn } from '../../domain/generation/generation.js';
import { rerolled } from '../../domain/generation/generation-transitions.js';
import type { AvatarId } from '../../domain/ids.js';
import { secondsAfter } from '../../domain/time.js';
import { writeTransition } from '../jobs/job-kind.js';
import type { Needs } from '../ports/needs.js';
import { ProviderError } from '../ports/provider-error.js';
import { generationKind } from './generation-kind.js';

/** What happens to a job whose weights are gone from their address. */
export interface WeightsRenewal {
  /** True when the job was sent again with a fresh address; false: there is nothing to be done. */
  execute(state: GenerationIn<'submitted'>, expected: { lease: string }): Promise<boolean>;
}

/** An upload of hundreds of megabytes takes longer than a step usually may. */
const uploadSeconds = 900;

type Parts = Needs<'avatars' | 'generations' | 'jobs' | 'ledger', 'library' | 'clock' | 'log'>;

/** Puts our own copy of expired weights where fal finds it, once for the avatar, and buys the image again. */
export class RenewWeights implements WeightsRenewal {
  constructor(private readonly parts: Parts) {}

  async execute(state: GenerationIn<'submitted'>, { lease }: { lease: string }): Promise<boolean> {
    const { order } = state;
    if (!('loras' in order) || state.rerolls > 0) return false;
    const until = secondsAfter(this.parts.clock.now(), uploadSeconds);
    const expected = { status: 'submitted', lease } as const;
    await this.parts.database.stores.generations.save(state, expected, {
      checkAfter: until,
      lease: { owner: lease, until },
    });
    const loras = await Promise.all(
      order.loras.map(async ({ url, scale }, index) => ({
        url: await this.freshUrl(index === 0 ? state.avatar : state.companion, url),
        scale,
      })),
    );
    if (loras.every(({ url }, index) => url === order.loras[index]?.url)) return false;
    await this.parts.database.transaction(async (stores) => {
      const now = this.parts.clock.now();
      const transition = rerolled(state, { ...order, loras });
      await writeTransition(generationKind, stores, state, transition, { now, lease });
    });
    this.parts.log.info('weights had expired and were put up again', { generation: state.id });
    return true;
  }

  /** The old address when there is no better one. */
  private async freshUrl(id: AvatarId | null, url: string): Promise<string> {
    const avatar = id === null ? null : await this.parts.database.stores.avatars.find(id);
    if (avatar?.status !== 'ready') return url;
    const expired = modelsOf(avatar)
      .filter(isInFile)
      .find((model) => model.url === url);
    // Another job was here first, or the model is no longer held.
    if (expired === undefined) return isInFile(avatar.model) ? avatar.model.url : url;
    const fresh = await this.publish(expired);
    if (fresh === null) return url;
    await this.parts.database.transaction(async (stores) => {
      const current = await stores.avatars.lock(avatar.owner, avatar.id);
      if (current?.status === 'ready') await stores.avatars.save(atAddress(current, url, fresh));
    });
    return fresh;
  }

  /** @throws ProviderError when the provider cannot take it now: the job asks again later */
  private async publish({ mediaKey }: WeightsFile): Promise<string | null> {
    if (mediaKey === undefined) return null;
    try {
      return await this.parts.library.publish(mediaKey);
    } catch (error) {
      if (error instanceof ProviderError) throw error;
      this.parts.log.error('kept weights cannot be read', { mediaKey, error });
      return null;
    }
  }
}

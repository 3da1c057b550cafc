import { DomainError } from '../../domain/errors.js';
import type { Generation } from '../../domain/generation/generation.js';
import { upscaler } from '../../domain/generation/order.js';
import { upscaleFactor, upscalePrice } from '../../domain/generation/upscale.js';
import { generationId, type UserId } from '../../domain/ids.js';
import type { Origin } from '../../domain/origin.js';
import { mayEnter } from '../account/access.js';
import { ownImage } from '../gallery/own-image.js';
import type { Policy } from '../policy/policy.js';
import type { Needs } from '../ports/needs.js';
import type { Stores } from '../ports/stores/stores.js';
import { applyEffects } from './apply-effects.js';

type Touched = 'endpoints' | 'gallery' | 'generations' | 'jobs' | 'ledger';

export interface UpscaleRequest {
  readonly owner: UserId;
  /** Id of a stored image of theirs. */
  readonly image: string;
  readonly origin: Origin;
  /** Names the tap: asking twice under one key makes one job. */
  readonly requestKey: string;
}

type Parts = Needs<Touched, 'clock' | 'ids' | 'metrics'> & {
  readonly policy: Policy;
};

/** Accepts the request to have a stored picture enlarged. It is a job like any other, at a price of its own. */
export class RequestUpscale {
  constructor(private readonly parts: Parts) {}

  /** @throws DomainError `not_found` (also for somebody else's), `too_many_waiting`, `insufficient_credits`, `away_now`. */
  async execute(request: UpscaleRequest): Promise<Generation> {
    if (!mayEnter(this.parts.policy, request.owner)) throw new DomainError({ code: 'not_allowed' });
    const generation = await this.parts.database.transaction(async (stores) => {
      const earlier = await stores.generations.findByRequestKey(request.requestKey);
      if (earlier !== null) return earlier;
      const accepted = await this.accept(stores, request);
      const added = await stores.generations.add(accepted, request.requestKey);
      if (added.id === accepted.id)
        await applyEffects(
          stores,
          accepted,
          { next: accepted, effects: ['hold', 'submit'] },
          accepted.createdAt,
        );
      return added;
    });
    this.parts.metrics.accepted(request.origin.transport);
    return generation;
  }

  private async accept(
    stores: Pick<Stores, Touched>,
    { owner, image, origin }: UpscaleRequest,
  ): Promise<Generation> {
    const source = await ownImage(stores.gallery, owner, image);
    if ((await stores.generations.countOpen(owner)) >= this.parts.policy.openPerUser)
      throw new DomainError({ code: 'too_many_waiting', limit: this.parts.policy.openPerUser });
    if ((await stores.endpoints.retired(this.parts.clock.now())).has(upscaler))
      throw new DomainError({ code: 'away_now', endpoint: upscaler });
    return {
      id: generationId(this.parts.ids.uuid()),
      owner,
      // Whoever it shows: it goes with them, and is found under their names.
      avatar: source.avatar,
      companion: source.companion,
      preset: null,
      prompt: source.prompt,
      overrides: {},
      order: {
        endpoint: upscaler,
        prompt: source.prompt,
        source: source.mediaKey,
        factor: upscaleFactor,
        seed: this.parts.ids.seed(),
      },
      price: upscalePrice(this.parts.policy.priceUpscale, source),
      origin,
      createdAt: this.parts.clock.now(),
      submits: 0,
      doubts: 0,
      run: 0,
      rerolls: 0,
      status: 'accepted',
      notBefore: null,
    };
  }
}

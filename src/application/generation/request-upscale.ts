import { IsUUID } from 'class-validator';
import { DomainError } from '../../domain/errors.js';
import { type Order, upscaler } from '../../domain/generation/order.js';
import { workOf } from '../../domain/generation/order-work.js';
import { upscaleFactor, upscalePrice } from '../../domain/generation/upscale.js';
import type { UserId } from '../../domain/ids.js';
import { costOf } from '../../domain/provider-prices.js';
import { refuseStrangers } from '../account/access.js';
import { ownImage } from '../gallery/own-image.js';
import { checkedInput } from '../input/input-validation.js';
import type { RequestContext } from '../input/request-context.js';
import type { Circumstances } from '../ports/stores/generation-store.js';
import type { Stores } from '../ports/stores/stores.js';
import { type AcceptParts, type Asked, acceptOnce, type Plan } from './accept-once.js';

type Touched = 'gallery';

export class UpscaleRequest {
  /** Id of a stored image of theirs. */
  @IsUUID() image!: string;
}

/** Accepts the request to have a stored picture enlarged. It is a job like any other, at a price of its own. */
export class RequestUpscale {
  constructor(private readonly parts: AcceptParts<Touched>) {}

  /** @throws DomainError `not_found` (also for somebody else's), `too_many_waiting`, `insufficient_credits`, `away_now`. */
  async execute(request: UpscaleRequest, context: RequestContext): Promise<Asked> {
    const { image } = checkedInput(UpscaleRequest, request);
    await refuseStrangers(this.parts, context.owner);
    return acceptOnce(this.parts, context, (met, stores) => this.plan(met, stores, context.owner, image));
  }

  private async plan(
    { retired }: Circumstances,
    { gallery }: Pick<Stores, Touched>,
    owner: UserId,
    image: string,
  ): Promise<Plan> {
    const source = await ownImage(gallery, owner, image);
    if (retired.has(upscaler)) throw new DomainError({ code: 'away_now', endpoint: upscaler });
    const order: Order = {
      endpoint: upscaler,
      prompt: source.prompt,
      source: source.mediaKey,
      factor: upscaleFactor,
      seed: this.parts.ids.seed(),
    };
    return {
      // Whoever it shows: it goes with them, and is found under their names.
      avatar: source.avatar,
      companion: source.companion,
      preset: null,
      prompt: source.prompt,
      overrides: {},
      order,
      price: upscalePrice(this.parts.policy.priceUpscale, source),
      cost: costOf(workOf(order, source), this.parts.policy.providerPrices, this.parts.clock.now()),
    };
  }
}

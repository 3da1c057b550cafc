import { DomainError } from '../../domain/errors.js';
import type { Generation } from '../../domain/generation/generation.js';
import type { UserId } from '../../domain/ids.js';
import type { Origin } from '../../domain/origin.js';
import type { RequestGeneration } from '../generation/request-generation.js';
import type { Database } from '../ports/stores/stores.js';
import type { DescribeWish } from './describe-wish.js';

export interface WishOrder {
  readonly owner: UserId;
  readonly id: string;
  /** What prompt help proposed, instead of the person's own words. */
  readonly suggested?: boolean | undefined;
  readonly origin: Origin;
}

/** Has a chosen picture made. A wish is made once, however often its button is tapped. */
export class OrderWish {
  constructor(
    private readonly database: Database,
    private readonly describeWish: DescribeWish,
    private readonly requestGeneration: RequestGeneration,
  ) {}

  /** @throws DomainError `not_found` (also for somebody else's, or when nothing was said yet), else as a request. */
  async execute({ owner, id, suggested, origin }: WishOrder): Promise<Generation> {
    const wish = await this.database.stores.wishes.findOwned(owner, id);
    const prompt = suggested === true ? wish?.suggestion : wish?.prompt;
    if (wish === null || prompt == null) throw new DomainError({ code: 'not_found', what: 'wish' });
    const { avatar, companion, choices } = await this.describeWish.execute(wish);
    if (avatar === null) throw new DomainError({ code: 'no_avatar' });
    return this.requestGeneration.execute({
      owner,
      avatar: avatar.id,
      companion: companion?.id,
      preset: choices.preset,
      prompt,
      overrides: {
        ...wish.overrides,
        aspectRatio: choices.aspectRatio ?? undefined,
        count: choices.count,
      },
      origin,
      requestKey: `wish:${id}`,
    });
  }
}

import { IsUUID } from 'class-validator';
import type { ReadyAvatar } from '../../../domain/avatar/avatar.js';
import { DomainError } from '../../../domain/errors.js';
import { type Generation, imagesOrdered } from '../../../domain/generation/generation.js';
import type { ImageOrder } from '../../../domain/generation/image-order.js';
import { startOf } from '../../../domain/generation/order.js';
import { type PicturePrices, picturePrice, pricedIn } from '../../../domain/generation/picture-price.js';
import { route } from '../../../domain/generation/routing.js';
import type { AvatarId, GenerationId, UserId } from '../../../domain/ids.js';
import { checkedInput } from '../../input/input-validation.js';
import { GenerationNamed } from '../../input/named.js';
import { type Asker, type RequestContext, refuseDearer } from '../../input/request-context.js';
import type { Needs } from '../../ports/needs.js';
import type { Asked } from '../accept-once.js';
import type { CancelGeneration } from '../cancel-generation.js';
import type { RequestGeneration } from '../request-generation.js';
import { askedBefore } from './asked-before.js';

export class OtherAvatar extends GenerationNamed {
  @IsUUID() avatar!: AvatarId;
}

type Parts = Needs<'avatars' | 'endpoints' | 'generations', 'clock'> & {
  readonly cancelGeneration: CancelGeneration;
  readonly requestGeneration: RequestGeneration;
  readonly policy: PicturePrices;
};

/** Somebody whom the picture could show instead. */
export interface OtherChoice {
  readonly avatar: ReadyAvatar;
  /** Credits for all of its pictures. */
  readonly credits: number;
}

/** Has a picture that is being made show somebody else: it is called off, and ordered again with another avatar. */
export class TakeAnotherAvatar {
  constructor(private readonly parts: Parts) {}

  /**
   * Whom it could show instead: the owner's others that its preset and its settings can be had with.
   * @throws DomainError `not_found`, also for somebody else's
   */
  async choices(which: GenerationNamed, { owner }: Asker): Promise<OtherChoice[]> {
    const { id } = checkedInput(GenerationNamed, which);
    return this.othersFor(await this.own(id, owner));
  }

  /**
   * Once, however often it is asked for: also when we end between the two.
   * @throws DomainError `not_found`, `avatar_not_found` for one that is none of the choices, `price_changed`,
   *   `wrong_state` when its pictures are here or it failed; then nothing has changed
   */
  async execute(
    other: OtherAvatar,
    { owner, agreed }: Asker & Pick<RequestContext, 'agreed'>,
  ): Promise<Asked> {
    const { id, avatar } = checkedInput(OtherAvatar, other);
    const before = await this.own(id, owner);
    const choice = (await this.othersFor(before)).find((each) => each.avatar.id === avatar);
    if (choice === undefined) throw new DomainError({ code: 'avatar_not_found', avatar });
    // Before anything is called off.
    refuseDearer(choice.credits, { agreed });
    const earlier = await this.parts.cancelGeneration.execute({ id }, { owner });
    const { origin, order } = earlier;
    const again = {
      owner,
      origin,
      picture: startOf(order),
      requestKey: `another-avatar:${id}`,
      agreed,
      sure: true,
    };
    return this.parts.requestGeneration.execute({ ...askedBefore(earlier), avatar }, again);
  }

  private async own(id: GenerationId, owner: UserId): Promise<Generation> {
    const found = await this.parts.database.stores.generations.findOwned(owner, id);
    if (found === null) throw new DomainError({ code: 'not_found', what: 'generation' });
    return found;
  }

  private async othersFor(earlier: Generation): Promise<OtherChoice[]> {
    const { avatars, endpoints } = this.parts.database.stores;
    const { avatar: shown, companion: beside, ...same } = askedBefore(earlier);
    const all = await avatars.list(earlier.owner);
    const ready = all.filter((each): each is ReadyAvatar => each.status === 'ready');
    const companion = ready.find((each) => each.id === beside);
    const picture = startOf(earlier.order);
    const catalogue = { retired: await endpoints.retired(this.parts.clock.now()) };
    return ready.flatMap((avatar) => {
      if (avatar.id === shown || avatar.id === beside) return [];
      const order = hadOrNull(() => route({ ...same, avatar, companion, picture, catalogue }));
      if (order === null) return [];
      const price = picturePrice(this.parts.policy, pricedIn(order, same.preset));
      return [{ avatar, credits: price * imagesOrdered(order) }];
    });
  }
}

function hadOrNull(order: () => ImageOrder): ImageOrder | null {
  try {
    return order();
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}

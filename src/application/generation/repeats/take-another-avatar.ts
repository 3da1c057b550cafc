import { IsUUID } from 'class-validator';
import type { ReadyAvatar } from '../../../domain/avatar/avatar.js';
import { DomainError } from '../../../domain/errors.js';
import { startOf } from '../../../domain/generation/order.js';
import { route } from '../../../domain/generation/routing.js';
import type { AvatarId } from '../../../domain/ids.js';
import { checkedInput } from '../../input/input-validation.js';
import { GenerationNamed } from '../../input/named.js';
import type { Asker } from '../../input/request-context.js';
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
};

/** Has a picture that is being made show somebody else: it is called off, and ordered again with another avatar. */
export class TakeAnotherAvatar {
  constructor(private readonly parts: Parts) {}

  /**
   * Whom it could show instead: the owner's others that its preset and its settings can be had with.
   * @throws DomainError `not_found`, also for somebody else's
   */
  async choices(which: GenerationNamed, { owner }: Asker): Promise<ReadyAvatar[]> {
    const { id } = checkedInput(GenerationNamed, which);
    const { generations, avatars, endpoints } = this.parts.database.stores;
    const earlier = await generations.findOwned(owner, id);
    const { avatar: shown, companion: beside, ...same } = askedBefore(earlier);
    const all = (await avatars.list(owner)).filter((each): each is ReadyAvatar => each.status === 'ready');
    const companion = all.find((each) => each.id === beside);
    const picture = earlier === null ? undefined : startOf(earlier.order);
    const catalogue = { retired: await endpoints.retired(this.parts.clock.now()) };
    return all.filter(
      (avatar) =>
        avatar.id !== shown &&
        avatar.id !== beside &&
        canBeHad(() => route({ ...same, avatar, companion, picture, catalogue })),
    );
  }

  /**
   * Once, however often it is asked for: also when we end between the two.
   * @throws DomainError `not_found`, `avatar_not_found` for one that is none of the choices, `wrong_state` when its
   *   pictures are here or it failed; then nothing has changed
   */
  async execute(choice: OtherAvatar, { owner }: Asker): Promise<Asked> {
    const { id, avatar } = checkedInput(OtherAvatar, choice);
    const isChoice = (await this.choices({ id }, { owner })).some((each) => each.id === avatar);
    if (!isChoice) throw new DomainError({ code: 'avatar_not_found', avatar });
    const earlier = await this.parts.cancelGeneration.execute({ id }, { owner });
    const { origin, order } = earlier;
    const again = { owner, origin, picture: startOf(order), requestKey: `another-avatar:${id}` };
    return this.parts.requestGeneration.execute({ ...askedBefore(earlier), avatar }, again);
  }
}

function canBeHad(order: () => unknown): boolean {
  try {
    order();
    return true;
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
}

import { Allow, IsBoolean, IsIn, IsString, Matches } from 'class-validator';
import { type Avatar, type AvatarModel, type AvatarType, avatarTypes } from '../../domain/avatar/avatar.js';
import { checkAvatarName, tidyAvatarName } from '../../domain/avatar/avatar-name.js';
import { checkTrigger } from '../../domain/avatar/trigger-word.js';
import type { Problem } from '../../domain/errors.js';
import { avatarId, type UserId } from '../../domain/ids.js';
import { welcome } from '../account/welcome.js';
import { MayBeAbsent, readInput, refuseIfWrong, type Sent } from '../input/input-validation.js';
import { userProblems } from '../input/user-id.js';
import type { Policy } from '../policy/policy.js';
import type { Clock } from '../ports/clock.js';
import type { Ids } from '../ports/ids.js';
import type { Database } from '../ports/stores/stores.js';
import type { WeightsLook } from './weights-look.js';
import { checkWeightsUrl } from './weights-url.js';

/** An avatar that was trained already. */
export class AvatarInput {
  /** Judged by `checkAvatarName`. */
  @Allow()
  name!: string;

  @IsIn(avatarTypes, { context: { allowed: avatarTypes.join(', ') } })
  type!: AvatarType;

  @MayBeAbsent()
  @IsString()
  lora?: string | undefined;

  @MayBeAbsent()
  @Matches(/^[^\s/]{1,200}$/, { context: { allowed: 'a finetune id of fal' } })
  finetune?: string | undefined;

  @MayBeAbsent()
  @IsString()
  trigger?: string | undefined;

  @MayBeAbsent()
  @IsBoolean()
  main?: boolean | undefined;
}

interface Parts {
  readonly database: Database<'avatars' | 'ledger' | 'users'>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly policy: Policy;
  readonly look: WeightsLook;
}

interface AddingContext {
  readonly owner: UserId;
  /** Told why nobody can be sure that the weights are a LoRA of FLUX.1. */
  readonly onDoubt?: (why: string) => void;
}

/** Takes a trained avatar in. The owner's first one becomes their main avatar. */
export class AddAvatar {
  constructor(private readonly parts: Parts) {}

  /** @throws DomainError `invalid_input` with every wrong field; `weights_foreign`. */
  async execute(given: Sent<AvatarInput>, { owner, onDoubt }: AddingContext): Promise<Avatar> {
    const { input, problems } = readInput(AvatarInput, given);
    const isModelWrong = problems.some(({ field }) => field === 'lora' || field === 'finetune');
    refuseIfWrong([
      ...userProblems('owner', owner),
      ...problems,
      ...checkAvatarName(input.name),
      ...checkTrigger(input.trigger),
      ...(isModelWrong ? [] : this.checkModel(input)),
    ]);
    const doubt = input.lora === undefined ? null : await this.parts.look.doubt(input.lora);
    if (doubt !== null) onDoubt?.(doubt);
    const now = this.parts.clock.now();
    return this.parts.database.transaction(async (stores) => {
      await welcome(stores, owner, this.parts.policy, now);
      const avatar: Avatar = {
        id: avatarId(this.parts.ids.uuid()),
        owner,
        name: tidyAvatarName(input.name),
        type: input.type,
        trigger: input.trigger?.trim() || null,
        isMain: input.main === true || (await stores.avatars.mainOf(owner)) === null,
        defaultStrength: null,
        createdAt: now,
        status: 'ready',
        model: modelOf(input),
      };
      await stores.avatars.save(avatar);
      return avatar;
    });
  }

  private checkModel({ lora, finetune, type }: AvatarInput): Problem[] {
    if ((lora === undefined) === (finetune === undefined))
      return [{ field: 'model', code: 'required', allowed: 'either a LoRA address or a finetune id' }];
    if (finetune !== undefined && type === 'portrait')
      return [{ field: 'finetune', code: 'not_supported', allowed: 'a LoRA address for a portrait' }];
    return lora === undefined ? [] : checkWeightsUrl('lora', lora, this.parts.policy.localAddresses);
  }
}

const modelOf = ({ lora, finetune }: AvatarInput): AvatarModel =>
  lora === undefined ? { kind: 'finetune', id: finetune ?? '' } : { kind: 'lora', url: lora };

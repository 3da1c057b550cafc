import { Allow, IsBoolean, IsString, Matches } from 'class-validator';
import type { Avatar } from '../../domain/avatar/avatar.js';
import {
  type AvatarModel,
  isInFile,
  type ModelKind,
  modelFacts,
  modelKinds,
} from '../../domain/avatar/avatar-model.js';
import { checkAvatarName, tidyAvatarName } from '../../domain/avatar/avatar-name.js';
import { type AvatarType, avatarTypes } from '../../domain/avatar/avatar-type.js';
import { checkTrigger } from '../../domain/avatar/trigger-word.js';
import { invalidInput, type Problem } from '../../domain/errors.js';
import { avatarId, type UserId } from '../../domain/ids.js';
import { IsOneOf, MayBeAbsent, readInput, type Sent } from '../input/input-validation.js';
import { userProblems } from '../input/user-id.js';
import type { Policy } from '../policy/policy.js';
import type { Needs } from '../ports/needs.js';
import { saveReadyAvatar } from './save-ready-avatar.js';
import type { WeightsLook } from './weights-look.js';
import { checkWeightsUrl } from './weights-url.js';

/** An avatar that was trained already. */
export class AvatarInput {
  /** Judged by `checkAvatarName`. */
  @Allow() name!: string;
  @IsOneOf(avatarTypes) type!: AvatarType;
  @MayBeAbsent() @IsString() lora?: string | undefined;
  @MayBeAbsent()
  @Matches(/^[^\s/]{1,200}$/, { context: { allowed: 'a finetune id of fal' } })
  finetune?: string | undefined;
  @MayBeAbsent() @IsString() trigger?: string | undefined;
  @MayBeAbsent() @IsBoolean() main?: boolean | undefined;
}

type Parts = Needs<'avatars' | 'ledger' | 'users', 'clock' | 'ids'> & {
  readonly policy: Policy;
  readonly look: WeightsLook;
};

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
    const { input, problems: wrong } = readInput(AvatarInput, given);
    const isModelWrong = wrong.some(({ field }) => modelKinds.some((kind) => kind === field));
    const problems = [
      ...userProblems('owner', owner),
      ...wrong,
      ...checkAvatarName(input.name),
      ...checkTrigger(input.trigger),
      ...(isModelWrong ? [] : this.checkModel(input)),
    ];
    const [model] = modelsIn(input);
    if (model === undefined || problems.length > 0) throw invalidInput(problems);
    const doubt = await this.parts.look.doubt(model);
    if (doubt !== null) onDoubt?.(doubt);
    const { type, main, name } = input;
    const id = avatarId(this.parts.ids.uuid());
    const trigger = input.trigger?.trim() || null;
    const avatar = { id, owner, name: tidyAvatarName(name), type, trigger, model };
    return this.parts.database.transaction((stores) =>
      saveReadyAvatar(stores, this.parts, avatar, { isMain: (isFirst) => isFirst || main === true }),
    );
  }

  private checkModel(input: AvatarInput): Problem[] {
    const [model, ...others] = modelsIn(input);
    if (model === undefined || others.length > 0)
      return [{ field: 'model', code: 'required', allowed: 'either a LoRA address or a finetune id' }];
    const { types } = modelFacts[model.kind];
    if (avatarTypes.includes(input.type) && !types.includes(input.type))
      return [{ field: model.kind, code: 'not_supported', allowed: 'a LoRA address for a portrait' }];
    return isInFile(model) ? checkWeightsUrl(model.kind, model.url, this.parts.policy.localAddresses) : [];
  }
}

/** What the field of each kind stands for. */
const modelOf: { readonly [Kind in ModelKind]: (given: string) => AvatarModel } = {
  lora: (url) => ({ kind: 'lora', url }),
  finetune: (id) => ({ kind: 'finetune', id }),
};

const modelsIn = (input: AvatarInput): AvatarModel[] =>
  modelKinds.flatMap((kind) => {
    const given = input[kind];
    return given === undefined ? [] : [modelOf[kind](given)];
  });

import type { Readable } from 'node:stream';
import { Allow, IsString } from 'class-validator';
import type { Avatar } from '../../domain/avatar/avatar.js';
import { mediaKeyOf } from '../../domain/avatar/avatar-model.js';
import { checkAvatarName, tidyAvatarName } from '../../domain/avatar/avatar-name.js';
import { type AvatarType, avatarTypes } from '../../domain/avatar/avatar-type.js';
import { offeredTriggers } from '../../domain/avatar/lora-triggers.js';
import { checkTrigger } from '../../domain/avatar/trigger-word.js';
import { DomainError } from '../../domain/errors.js';
import { avatarId, type UserId } from '../../domain/ids.js';
import { refuseStrangers } from '../account/access.js';
import { checkedInput, IsOneOf, MayBeAbsent, readInput, refuseIfWrong } from '../input/input-validation.js';
import { AvatarNamed } from '../input/named.js';
import type { Asker } from '../input/request-context.js';
import { useAllowance } from '../policy/allowance.js';
import type { Policy } from '../policy/policy.js';
import { BadDownload } from '../ports/image-downloads.js';
import type { Needs } from '../ports/needs.js';
import { checkedWeights } from './checked-weights.js';
import { readHeader } from './safetensors-header.js';
import { saveReadyAvatar } from './save-ready-avatar.js';
import { isFlux } from './weights-look.js';

export class LoraImport {
  /** 2-50 characters. */
  @Allow() name!: string;
  @IsOneOf(avatarTypes) type!: AvatarType;

  /** Up to 100 characters; empty or absent when it was trained without one. */
  @MayBeAbsent() @IsString() trigger?: string | undefined;
}

interface ImportContext extends Asker {
  readonly body: AsyncIterable<Uint8Array>;
}

export interface LoraLook {
  /** False: it may be one of FLUX.1, or not. */
  readonly isFlux: boolean;
  /** Words that it was probably trained with, likeliest first. */
  readonly triggers: readonly string[];
}

type Touched = 'admissions' | 'allowances' | 'avatars' | 'ledger' | 'users';

type Parts = Needs<Touched, 'media' | 'library' | 'clock' | 'ids'> & {
  readonly policy: Policy;
};

/** LoRA weights go out to their owner and come in from them as files. */
export class LoraFiles {
  constructor(private readonly parts: Parts) {}

  /** @throws DomainError `avatar_not_found`, also for somebody else's; `not_found` when no weights are kept here. */
  async export(
    which: AvatarNamed,
    { owner }: Asker,
  ): Promise<{ readonly fileName: string; readonly body: Readable }> {
    const { avatar: id } = checkedInput(AvatarNamed, which);
    const avatar = await this.parts.database.stores.avatars.findOwned(owner, id);
    if (avatar === null) throw new DomainError({ code: 'avatar_not_found', avatar: id });
    const mediaKey = avatar.status === 'ready' ? mediaKeyOf(avatar.model) : null;
    if (mediaKey === null) throw new DomainError({ code: 'not_found', what: 'LoRA file' });
    const name = avatar.name.replace(/[^\p{L}\p{N}._-]+/gu, '_');
    return { fileName: `${name}.safetensors`, body: await this.parts.media.read(mediaKey) };
  }

  /** Counts one file that somebody sends. @throws DomainError `not_allowed`, `allowance_spent`. */
  async admit(owner: UserId): Promise<void> {
    await refuseStrangers(this.parts, owner);
    const use = { owner, kind: 'lora_files' } as const;
    await useAllowance(this.parts.database.stores, this.parts.policy, use, this.parts.clock.now());
  }

  /**
   * Reads no more of weights than their header. @throws DomainError `weights_refused`, `weights_foreign`; and what
   * `body` throws.
   */
  async look(body: AsyncIterable<Uint8Array>): Promise<LoraLook> {
    return asRefusals(async () => {
      const header = await readHeader(body);
      return { isFlux: isFlux(header), triggers: offeredTriggers(header.metadata) };
    });
  }

  /**
   * Takes weights in as a ready avatar. @throws DomainError `invalid_input`, `not_allowed`, `weights_refused`, `weights_foreign`;
   * ProviderError when the image provider cannot take them now.
   */
  async import(given: LoraImport, { owner, body }: ImportContext): Promise<Avatar> {
    const { input, problems } = readInput(LoraImport, given);
    refuseIfWrong([...checkAvatarName(input.name), ...checkTrigger(input.trigger), ...problems]);
    await refuseStrangers(this.parts, owner);
    const id = avatarId(this.parts.ids.uuid());
    const mediaKey = `weights/${id}.safetensors`;
    await asRefusals(() => this.parts.media.save(mediaKey, checkedWeights(body, isFlux)));
    try {
      const model = { kind: 'lora', url: await this.parts.library.publish(mediaKey), mediaKey } as const;
      const trigger = input.trigger?.trim() || null;
      const avatar = { id, owner, name: tidyAvatarName(input.name), type: input.type, trigger, model };
      return await this.parts.database.transaction((stores) => saveReadyAvatar(stores, this.parts, avatar));
    } catch (error) {
      await this.parts.media.remove(mediaKey);
      throw error;
    }
  }
}

async function asRefusals<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof BadDownload)) throw error;
    throw new DomainError({ code: 'weights_refused', reason: error.message });
  }
}

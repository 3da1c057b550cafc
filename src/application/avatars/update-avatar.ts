import { Allow, IsInt, IsNumber, IsOptional, IsUUID } from 'class-validator';
import type { Avatar, ReadyAvatar } from '../../domain/avatar/avatar.js';
import { modelFacts, trainedKind } from '../../domain/avatar/avatar-model.js';
import { checkAvatarName, tidyAvatarName } from '../../domain/avatar/avatar-name.js';
import { goneBack, holdingWeights } from '../../domain/avatar/avatar-versions.js';
import { DomainError, invalidInput } from '../../domain/errors.js';
import type { TrainingId, UserId } from '../../domain/ids.js';
import { checkedInput, readInput, refuseIfWrong } from '../input/input-validation.js';
import { AvatarNamed } from '../input/named.js';
import type { Asker } from '../input/request-context.js';
import type { Needs } from '../ports/needs.js';
import type { Stores } from '../ports/stores/stores.js';
import { lockAvatar, type Mine } from './update-avatar-draft.js';

export class ProofChoice {
  @IsUUID() training!: TrainingId;
  @IsInt() number!: number;
}

export class AvatarName extends AvatarNamed {
  /** Judged by `checkAvatarName`. */
  @Allow() name!: string;
}

export class AvatarStrength extends AvatarNamed {
  /** In the range of what it holds; `null`: the preset's. */
  @IsOptional() @IsNumber() strength!: number | null;
}

type Parts = Needs<'avatarDrafts' | 'avatars' | 'gallery' | 'images' | 'trainings', 'clock'>;

/**
 * What its owner changes about an avatar. Somebody else's is not found. All of its columns are written, so each
 * change reads it under its lock: a training may end at any moment.
 */
export class UpdateAvatar {
  constructor(private readonly parts: Parts) {}

  /** @throws DomainError `avatar_not_found`, `avatar_not_ready`. */
  async makeMain(which: AvatarNamed, { owner }: Asker): Promise<Avatar> {
    return this.change({ ...checkedInput(AvatarNamed, which), owner }, (avatar) => {
      if (avatar.status !== 'ready')
        throw new DomainError({ code: 'avatar_not_ready', avatar: avatar.name, status: avatar.status });
      return { ...avatar, isMain: true };
    });
  }

  /** @throws DomainError `avatar_not_found`, `invalid_input`. */
  async rename(given: AvatarName, { owner }: Asker): Promise<Avatar> {
    const { input, problems } = readInput(AvatarName, given);
    refuseIfWrong([...problems, ...checkAvatarName(input.name)]);
    return this.change({ owner, avatar: input.avatar }, async (avatar, stores) => {
      const draft = await stores.avatarDrafts.findOwned(owner, avatar.id);
      if (draft !== null) await stores.avatarDrafts.save({ ...draft, named: true });
      return { ...avatar, name: tidyAvatarName(input.name) };
    });
  }

  /** @throws DomainError `avatar_not_found`, `invalid_input`. */
  async setStrength(given: AvatarStrength, { owner }: Asker): Promise<Avatar> {
    const { avatar: id, strength = null } = checkedInput(AvatarStrength, given);
    return this.change({ owner, avatar: id }, (avatar) => {
      const { from, to } = strengthsOf(avatar);
      if (strength !== null && !(strength >= from && strength <= to))
        throw invalidInput([{ field: 'strength', code: 'out_of_range', allowed: `${from}-${to}` }]);
      return { ...avatar, defaultStrength: strength };
    });
  }

  /**
   * The owner tapped a number of the proof sheet: its scale becomes the avatar's own, with the weights it was made
   * with. @throws DomainError `avatar_not_found`, `not_found`, also when these weights are gone.
   */
  async chooseProof(choice: ProofChoice, { owner }: Asker): Promise<Avatar> {
    const { training, cell } = await this.cellOf(choice, owner);
    const { mediaKey } = training.weights;
    return this.change({ owner, avatar: training.avatar }, (avatar) => {
      if (avatar.status !== 'ready') throw new DomainError({ code: 'not_found', what: 'proof picture' });
      return { ...holdingWeights(avatar, mediaKey, this.parts.clock.now()), defaultStrength: cell.scale };
    });
  }

  /** Uses the model before the latest training again; once more, and it is the other way round. */
  async goBack(which: AvatarNamed, { owner }: Asker): Promise<ReadyAvatar> {
    return this.change({ ...checkedInput(AvatarNamed, which), owner }, (avatar) => {
      if (avatar.status !== 'ready') throw new DomainError({ code: 'not_found', what: 'earlier model' });
      return goneBack(avatar, this.parts.clock.now());
    });
  }

  /** Takes a picture of the proof sheet into the gallery. @throws DomainError `not_found`. */
  async keepProof(choice: ProofChoice, { owner }: Asker): Promise<void> {
    const { cell } = await this.cellOf(choice, owner);
    const { images, gallery } = this.parts.database.stores;
    const [image] = await images.ofGeneration(cell.generation);
    if (image === undefined || !(await gallery.keep(owner, image.id)))
      throw new DomainError({ code: 'not_found', what: 'proof picture' });
  }

  private async cellOf(choice: ProofChoice, owner: UserId) {
    const { training: id, number } = checkedInput(ProofChoice, choice);
    const training = await this.parts.database.stores.trainings.findOwned(owner, id);
    const cells =
      training?.status === 'ready' && training.proof.status === 'composed' ? training.proof.sheet.cells : [];
    const cell = cells.find((each) => each.number === number);
    if (training?.status !== 'ready' || cell === undefined || cell.generation === null)
      throw new DomainError({ code: 'not_found', what: 'proof picture' });
    return { training, cell: { ...cell, generation: cell.generation } };
  }

  private async change<Changed extends Avatar>(
    mine: Mine,
    change: (avatar: Avatar, stores: Pick<Stores, 'avatarDrafts'>) => Changed | Promise<Changed>,
  ): Promise<Changed> {
    return this.parts.database.transaction(async (stores) => {
      const next = await change(await lockAvatar(stores, mine), stores);
      await stores.avatars.save(next);
      return next;
    });
  }
}

/** Until there is a model: of what a training makes. */
export const strengthsOf = (avatar: Avatar) =>
  modelFacts[avatar.status === 'ready' ? avatar.model.kind : trainedKind].strength;

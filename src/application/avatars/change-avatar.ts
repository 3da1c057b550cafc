import { Allow, Equals, IsNumber, IsOptional } from 'class-validator';
import type { Avatar } from '../../domain/avatar/avatar.js';
import { checkAvatarName, tidyAvatarName } from '../../domain/avatar/avatar-name.js';
import { DomainError, type Problem } from '../../domain/errors.js';
import { MayBeAbsent, readInput, refuseIfWrong, type Sent } from '../input/input-validation.js';
import { AvatarNamed } from '../input/named.js';
import type { Asker } from '../input/request-context.js';
import type { Needs } from '../ports/needs.js';
import { strengthsOf } from './update-avatar.js';
import { lockAvatar } from './update-avatar-draft.js';

export class AvatarChange extends AvatarNamed {
  /** Judged by `checkAvatarName`. */
  @Allow() name?: string | undefined;

  /** An avatar is the main one until another is. */
  @MayBeAbsent() @Equals(true, { context: { allowed: 'true' } }) main?: true | undefined;

  /** In the range of what it holds; `null`: the preset's. */
  @IsOptional() @IsNumber() strength?: number | null | undefined;
}

interface ChangeContext extends Asker {
  /** What the way in has found wrong before: nothing is changed then. */
  readonly problems?: readonly Problem[] | undefined;
}

/** Changes several things of an avatar, all of them or none. */
export class ChangeAvatar {
  constructor(private readonly parts: Needs<'avatarDrafts' | 'avatars' | 'trainings'>) {}

  /** @throws DomainError `avatar_not_found`, `avatar_not_ready`, `invalid_input` with every problem. */
  async execute(given: Sent<AvatarChange>, { owner, problems: before = [] }: ChangeContext): Promise<Avatar> {
    const { input, problems } = readInput(AvatarChange, given);
    const { avatar: id, name, main = false, strength } = input;
    if (id === undefined) refuseIfWrong([...before, ...problems]);
    return this.parts.database.transaction(async (stores) => {
      const avatar = await lockAvatar(stores, { owner, avatar: id });
      refuseIfWrong([
        ...before,
        ...problems,
        ...(name === undefined ? [] : checkAvatarName(name)),
        ...strengthProblems(avatar, strength),
      ]);
      if (main && avatar.status !== 'ready')
        throw new DomainError({ code: 'avatar_not_ready', avatar: avatar.name, status: avatar.status });
      const next: Avatar = {
        ...avatar,
        name: name === undefined ? avatar.name : tidyAvatarName(name),
        isMain: main || avatar.isMain,
        defaultStrength: strength === undefined ? avatar.defaultStrength : strength,
      };
      await stores.avatars.save(next);
      const draft = name === undefined ? null : await stores.avatarDrafts.findOwned(owner, id);
      if (draft !== null) await stores.avatarDrafts.save({ ...draft, named: true });
      return next;
    });
  }
}

function strengthProblems(avatar: Avatar, strength: number | null | undefined): Problem[] {
  if (strength === undefined || strength === null) return [];
  const { from, to } = strengthsOf(avatar);
  if (strength >= from && strength <= to) return [];
  return [{ field: 'strength', code: 'out_of_range', received: String(strength), allowed: `${from}-${to}` }];
}

import { IsIn, IsOptional, IsString, Length, Matches } from 'class-validator';
import { type Avatar, type AvatarType, avatarTypes } from '../../domain/avatar/avatar.js';
import type { AvatarDraft } from '../../domain/avatar/avatar-draft.js';
import { checkAvatarName, tidyAvatarName } from '../../domain/avatar/avatar-name.js';
import { freshTrigger } from '../../domain/avatar/trigger-word.js';
import { DomainError } from '../../domain/errors.js';
import { avatarId, type UserId, userId } from '../../domain/ids.js';
import type { Origin } from '../../domain/origin.js';
import { mayEnter } from '../account/access.js';
import { welcome } from '../account/welcome.js';
import { problemsOf, refuseIfWrong } from '../input/input-validation.js';
import { useAllowance } from '../policy/allowance.js';
import type { Policy } from '../policy/policy.js';
import type { Clock } from '../ports/clock.js';
import type { Ids } from '../ports/ids.js';
import type { Database, Stores } from '../ports/stores/stores.js';

export class DraftInput {
  @Matches(/^[1-9]\d{0,19}$/, { context: { allowed: 'a Telegram user id' } })
  owner!: string;

  @IsIn(avatarTypes, { context: { allowed: avatarTypes.join(', ') } })
  type!: AvatarType;

  /** Without one it is called by `word` and a number until it is renamed. */
  name?: string | undefined;

  /** `Avatar`, unless the way in has a word in the owner's language. */
  @IsOptional()
  @IsString()
  @Length(1, 40, { context: { allowed: '1-40 characters' } })
  word?: string | undefined;

  origin!: Origin;
}

export interface StartedDraft {
  readonly avatar: Avatar;
  readonly draft: AvatarDraft;
}

interface Parts {
  readonly database: Database;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly policy: Policy;
}

/** Begins a new avatar: its photos and the consent come later. Its trigger word is drawn here, for good. */
export class StartDraft {
  constructor(private readonly parts: Parts) {}

  /** @throws DomainError `invalid_input`, `not_allowed`, `allowance_spent`. */
  async execute(values: DraftInput): Promise<StartedDraft> {
    const input = Object.assign(new DraftInput(), values);
    refuseIfWrong([...problemsOf(input), ...(input.name === undefined ? [] : checkAvatarName(input.name))]);
    const owner = userId(input.owner);
    if (!mayEnter(this.parts.policy, owner)) throw new DomainError({ code: 'not_allowed' });
    const now = this.parts.clock.now();
    return this.parts.database.transaction(async (stores) => {
      await welcome(stores, owner, this.parts.policy, now);
      await useAllowance(stores, this.parts.policy, { owner, kind: 'drafts' }, now);
      const avatar = await this.newAvatar(stores, owner, input);
      await stores.avatars.save(avatar);
      const { origin } = input;
      const draft: AvatarDraft = {
        avatar: avatar.id,
        owner,
        consent: null,
        origin,
        transportState: {},
        createdAt: now,
      };
      await stores.avatarDrafts.save(draft);
      return { avatar, draft };
    });
  }

  private async newAvatar(
    stores: Stores,
    owner: UserId,
    { type, name, word = 'Avatar' }: DraftInput,
  ): Promise<Avatar> {
    const others = await stores.avatars.list(owner);
    return {
      id: avatarId(this.parts.ids.uuid()),
      owner,
      name: name === undefined ? freeName(others, word) : tidyAvatarName(name),
      type,
      trigger: freshTrigger(
        () => this.parts.ids.seed(),
        others.map(({ trigger }) => trigger),
      ),
      isMain: false,
      defaultStrength: null,
      createdAt: this.parts.clock.now(),
      status: 'draft',
    };
  }
}

function freeName(others: readonly Avatar[], word: string): string {
  const taken = new Set(others.map(({ name }) => name));
  for (let number = others.length + 1; ; number += 1)
    if (!taken.has(`${word} ${number}`)) return `${word} ${number}`;
}

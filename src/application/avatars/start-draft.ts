import { Allow } from 'class-validator';
import type { Avatar } from '../../domain/avatar/avatar.js';
import type { AvatarDraft } from '../../domain/avatar/avatar-draft.js';
import { checkAvatarName, tidyAvatarName } from '../../domain/avatar/avatar-name.js';
import { type AvatarType, avatarTypes } from '../../domain/avatar/avatar-type.js';
import { freshTrigger } from '../../domain/avatar/trigger-word.js';
import type { Problem } from '../../domain/errors.js';
import { avatarId } from '../../domain/ids.js';
import { refuseStrangers } from '../account/access.js';
import { welcome } from '../account/welcome.js';
import { IsOneOf, readInput, refuseIfWrong, type Sent } from '../input/input-validation.js';
import type { RequestContext } from '../input/request-context.js';
import { userProblems } from '../input/user-id.js';
import { useAllowance } from '../policy/allowance.js';
import type { Policy } from '../policy/policy.js';
import type { Needs } from '../ports/needs.js';
import type { Stores } from '../ports/stores/stores.js';

type Touched = 'admissions' | 'allowances' | 'avatarDrafts' | 'avatars' | 'ledger' | 'users';

export class DraftInput {
  @IsOneOf(avatarTypes) type!: AvatarType;

  /** Judged by `checkAvatarName`; without one it is called by `word` and a number until it is renamed. */
  @Allow() name?: string | undefined;
}

interface DraftContext extends RequestContext {
  /** `Avatar`, unless the way in has a word in the owner's language. */
  readonly word?: string;
  /** What the way in has found wrong before: nothing is begun then. */
  readonly problems?: readonly Problem[] | undefined;
}

export interface StartedDraft {
  readonly avatar: Avatar;
  readonly draft: AvatarDraft;
}

type Parts = Needs<Touched, 'clock' | 'ids'> & { readonly policy: Policy };

/** Begins a new avatar: its photos and the consent come later. Its trigger word is drawn here, for good. */
export class StartDraft {
  constructor(private readonly parts: Parts) {}

  /** @throws DomainError `invalid_input`, `not_allowed`, `allowance_spent`. */
  async execute(given: Sent<DraftInput>, context: DraftContext): Promise<StartedDraft> {
    const { input, problems } = readInput(DraftInput, given);
    const { owner, origin } = context;
    refuseIfWrong([
      ...(context.problems ?? []),
      ...userProblems('owner', owner),
      ...problems,
      ...(input.name === undefined ? [] : checkAvatarName(input.name)),
    ]);
    await refuseStrangers(this.parts, owner);
    const now = this.parts.clock.now();
    return this.parts.database.transaction(async (stores) => {
      await welcome(stores, owner, this.parts.policy, now);
      await useAllowance(stores, this.parts.policy, { owner, kind: 'drafts' }, now);
      const avatar = await this.newAvatar(stores, input, context);
      await stores.avatars.save(avatar);
      const draft: AvatarDraft = {
        avatar: avatar.id,
        owner,
        consent: null,
        origin,
        openedAt: null,
        named: input.name !== undefined,
        transportState: {},
        createdAt: now,
      };
      await stores.avatarDrafts.save(draft);
      return { avatar, draft };
    });
  }

  private async newAvatar(
    stores: Pick<Stores, Touched>,
    { type, name }: DraftInput,
    { owner, word = 'Avatar' }: DraftContext,
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

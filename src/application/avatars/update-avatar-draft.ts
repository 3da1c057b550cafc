import { Equals } from 'class-validator';
import type { Avatar } from '../../domain/avatar/avatar.js';
import {
  type AvatarDraft,
  type ConsentSubject,
  consentFits,
  consentSubjects,
} from '../../domain/avatar/avatar-draft.js';
import { DomainError, invalidInput } from '../../domain/errors.js';
import type { AvatarId, UserId } from '../../domain/ids.js';
import { isOpenTraining } from '../../domain/training/training.js';
import { checkedInput, IsOneOf } from '../input/input-validation.js';
import { AvatarNamed } from '../input/named.js';
import type { Asker, RequestContext } from '../input/request-context.js';
import type { Needs } from '../ports/needs.js';
import type { Stores } from '../ports/stores/stores.js';

type Touched = 'avatarDrafts' | 'avatars' | 'trainings';

export interface Mine {
  readonly owner: UserId;
  readonly avatar: AvatarId;
}

/** @throws DomainError `avatar_not_found`, also for somebody else's. Others keep off the avatar meanwhile. */
export async function lockAvatar(stores: Pick<Stores, Touched>, { owner, avatar }: Mine): Promise<Avatar> {
  const found = await stores.avatars.lock(owner, avatar);
  if (found === null) throw new DomainError({ code: 'avatar_not_found', avatar });
  return found;
}

/** @throws DomainError `not_found` when nothing is being made of photos here. */
export async function draftOf(stores: Pick<Stores, Touched>, { owner, avatar }: Mine): Promise<AvatarDraft> {
  const draft = await stores.avatarDrafts.findOwned(owner, avatar);
  if (draft === null) throw new DomainError({ code: 'not_found', what: 'draft' });
  return draft;
}

/** @throws DomainError `wrong_state`: the photos are the trainer's as long as a training is open. */
export async function refuseWhileTraining(stores: Pick<Stores, Touched>, avatar: AvatarId): Promise<void> {
  if ((await stores.trainings.ofAvatar(avatar)).some(isOpenTraining))
    throw new DomainError({ code: 'wrong_state', what: 'avatar', status: 'training', wanted: 'draft' });
}

export class ConsentGiven extends AvatarNamed {
  @IsOneOf(consentSubjects) subject!: ConsentSubject;

  /** Everybody in the pictures is of age. */
  @Equals(true, { context: { allowed: 'adults only' } }) adults!: boolean;
}

/** What its owner and the way in do to an avatar in the making, photos and training apart. */
export class UpdateAvatarDraft {
  constructor(private readonly parts: Needs<Touched, 'clock'>) {}

  /** Writes down once whose pictures they are, and that everybody in them is of age. */
  async consent(given: ConsentGiven, { owner }: Asker): Promise<AvatarDraft> {
    const { avatar: id, subject } = checkedInput(ConsentGiven, given);
    return this.change({ owner, avatar: id }, (draft, _, { type }) => {
      if (draft.consent !== null) return draft;
      if (!consentFits(type, subject))
        throw invalidInput([{ field: 'subject', code: 'unknown_value', allowed: 'self, permitted' }]);
      return { ...draft, consent: { subject, adults: true, givenAt: this.parts.clock.now() } };
    });
  }

  /**
   * From now on photos go to it, until it is closed, trained, or another one is opened.
   * @throws DomainError `not_found` when nothing is being made of photos here, `wrong_state` while it trains
   */
  async open(which: AvatarNamed, { owner }: Asker): Promise<AvatarDraft> {
    const mine = { ...checkedInput(AvatarNamed, which), owner };
    await draftOf(this.parts.database.stores, mine);
    return this.change(mine, async (draft, stores) => {
      await refuseWhileTraining(stores, mine.avatar);
      return { ...draft, openedAt: this.parts.clock.now() };
    });
  }

  /** It takes no photos until it is opened again. @throws DomainError `not_found` */
  async close(which: AvatarNamed, { owner }: Asker): Promise<AvatarDraft> {
    const mine = { ...checkedInput(AvatarNamed, which), owner };
    await draftOf(this.parts.database.stores, mine);
    return this.change(mine, (draft) => ({ ...draft, openedAt: null }));
  }

  /** Its owner is content with the name it has. @throws DomainError `avatar_not_found`, `not_found` */
  async keepName(which: AvatarNamed, { owner }: Asker): Promise<AvatarDraft> {
    const mine = { ...checkedInput(AvatarNamed, which), owner };
    return this.change(mine, (draft) => ({ ...draft, named: true }));
  }

  /** The way in's own state: what it gives replaces what was there under the same names. */
  async saveTransportState(mine: Mine, given: AvatarDraft['transportState']): Promise<AvatarDraft> {
    return this.change(mine, (draft) => {
      return { ...draft, transportState: { ...draft.transportState, ...given } };
    });
  }

  /**
   * Opens an avatar for photos again: to train it anew, or to make a style LoRA of one that holds a finetune.
   * It goes on working with its old model until there is a new one.
   */
  async reopen(
    which: AvatarNamed,
    { owner, origin }: Omit<RequestContext, 'requestKey'>,
  ): Promise<AvatarDraft> {
    const mine = { ...checkedInput(AvatarNamed, which), owner };
    return this.parts.database.transaction(async (stores) => {
      await lockAvatar(stores, mine);
      await refuseWhileTraining(stores, mine.avatar);
      const now = this.parts.clock.now();
      const draft = await stores.avatarDrafts.findOwned(mine.owner, mine.avatar);
      const fresh = { origin, transportState: {}, openedAt: now, named: false };
      const next: AvatarDraft = { ...mine, consent: null, createdAt: now, ...draft, ...fresh };
      await stores.avatarDrafts.save(next);
      await stores.avatarDrafts.touch(mine.avatar, now);
      return next;
    });
  }

  private async change(
    mine: Mine,
    change: (
      draft: AvatarDraft,
      stores: Pick<Stores, Touched>,
      avatar: Avatar,
    ) => AvatarDraft | Promise<AvatarDraft>,
  ): Promise<AvatarDraft> {
    return this.parts.database.transaction(async (stores) => {
      const avatar = await lockAvatar(stores, mine);
      const draft = await draftOf(stores, mine);
      const next = await change(draft, stores, avatar);
      if (next === draft) return draft;
      await stores.avatarDrafts.save(next);
      await stores.avatarDrafts.touch(mine.avatar, this.parts.clock.now());
      return next;
    });
  }
}

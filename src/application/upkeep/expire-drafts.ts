import type { AvatarDraft } from '../../domain/avatar/avatar-draft.js';
import { secondsAfter } from '../../domain/time.js';
import { Throttle } from '../jobs/throttle.js';
import type { DeleteAvatar } from '../personal-data/delete-avatar.js';
import type { TrainingPolicy } from '../policy/training-policy.js';
import type { Needs } from '../ports/needs.js';
import { DeliveryDelayed, type Transport } from '../ports/transport.js';

const draftsAtOnce = 20;
const pauseMilliseconds = 600_000;
const day = 86_400;
/** Days before the end on which its owner is told. */
const warnedDaysAtMost = 3;

type Parts = Needs<'avatarDrafts' | 'avatars' | 'photos', 'clock' | 'log'> & {
  readonly transports: readonly Pick<Transport, 'name' | 'deliver'>[];
  readonly deleteAvatar: DeleteAvatar;
  readonly policy: Pick<TrainingPolicy, 'draftDays'>;
};

/** Before when a draft must have been worked on last, and its owner told, for it to go. */
type Over = { readonly touchedBefore: Date; readonly toldBefore: Date };

/**
 * Deletes avatars in the making that nobody has worked on for long, with their photos. Their owners are told some days
 * before, and keep them with one tap. Called with every sweep, works now and then.
 */
export class ExpireDrafts {
  private readonly throttle = new Throttle(pauseMilliseconds);

  constructor(private readonly parts: Parts) {}

  /** Returns how many were deleted. */
  async execute(): Promise<number> {
    const now = this.parts.clock.now();
    if (!this.throttle.isOver(now)) return 0;
    const { avatarDrafts } = this.parts.database.stores;
    const touchedBefore = secondsAfter(now, -(this.parts.policy.draftDays - this.warnedDays) * day);
    for (const draft of await avatarDrafts.idle({ touchedBefore, toldBefore: null }, draftsAtOnce))
      await this.tell(draft, now);
    const over = this.over(now);
    let deleted = 0;
    for (const draft of await avatarDrafts.idle(over, draftsAtOnce))
      if (await this.remove(draft, over)) deleted += 1;
    if (deleted > 0) this.parts.log.info('drafts that nobody worked on were deleted', { drafts: deleted });
    return deleted;
  }

  private get warnedDays(): number {
    return Math.min(warnedDaysAtMost, this.parts.policy.draftDays);
  }

  /** Whoever was told late, because nobody ran this, has as many days as the others. */
  private over(now: Date): Over {
    return {
      touchedBefore: secondsAfter(now, -this.parts.policy.draftDays * day),
      toldBefore: secondsAfter(now, -this.warnedDays * day),
    };
  }

  private async tell(draft: AvatarDraft, now: Date): Promise<void> {
    const { avatarDrafts, avatars, photos } = this.parts.database.stores;
    const transport = this.parts.transports.find(({ name }) => name === draft.origin.transport);
    const avatar = await avatars.find(draft.avatar);
    // A process of another role may have the transport.
    if (transport === undefined || avatar === null || !(await avatarDrafts.tell(draft.avatar, now))) return;
    const expiresAt = secondsAfter(now, this.warnedDays * day);
    const count = (await photos.list(draft.avatar)).length;
    try {
      await transport.deliver({ kind: 'draft-expiring', draft, avatar, photos: count, expiresAt });
    } catch (error) {
      await avatarDrafts.tell(draft.avatar, null);
      if (!(error instanceof DeliveryDelayed)) throw error;
    }
  }

  private async remove({ owner, avatar }: AvatarDraft, over: Over): Promise<boolean> {
    const { touchedBefore, toldBefore } = over;
    const which = { owner, avatar, withImages: false };
    const deletion = await this.parts.deleteAvatar.executeIf(which, async ({ avatarDrafts }) => {
      const times = await avatarDrafts.times(avatar);
      // Its owner may have tapped in this very moment.
      return times?.toldAt != null && times.touchedAt < touchedBefore && times.toldAt < toldBefore;
    });
    return deletion !== null;
  }
}

import type { Avatar } from '../../../domain/avatar/avatar.js';
import type { UserId } from '../../../domain/ids.js';
import type { Policy } from '../../policy/policy.js';
import type { Needs } from '../../ports/needs.js';
import { openDrafts } from '../open-drafts.js';

export interface AdmittedPhotos {
  /** What the photos are for. */
  readonly avatar: Avatar;
  /** `null`: they may be added. Else so much was sent today that they may not, for so many seconds. */
  readonly wait: number | null;
}

/** Somebody sends photos without a word: tells which of their drafts they go to, and counts them once. */
export class AdmitPhotos {
  constructor(
    private readonly parts: Needs<'allowances' | 'avatarDrafts' | 'avatars', 'clock'> & {
      readonly policy: Policy;
    },
  ) {}

  /** `null` when their owner has no draft open. */
  async execute({ owner, bytes }: { owner: UserId; bytes: number }): Promise<AdmittedPhotos | null> {
    const { database, clock, policy } = this.parts;
    const [avatar] = await openDrafts(database.stores, owner);
    if (avatar === undefined) return null;
    const now = clock.now();
    const limit = policy.allowances.upload_bytes;
    const use = { owner, kind: 'upload_bytes', amount: bytes, limit } as const;
    const freeAt = await database.stores.allowances.use(use, now);
    return { avatar, wait: freeAt === null ? null : Math.ceil((freeAt.getTime() - now.getTime()) / 1000) };
  }
}

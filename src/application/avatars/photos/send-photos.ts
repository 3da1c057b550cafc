import { describeSet, type PhotoSet } from '../../../domain/avatar/photo.js';
import { type ArchiveRefusal, DomainError } from '../../../domain/errors.js';
import type { AvatarId } from '../../../domain/ids.js';
import type { Asker } from '../../input/request-context.js';
import { useAllowance } from '../../policy/allowance.js';
import type { Policy } from '../../policy/policy.js';
import type { Needs } from '../../ports/needs.js';
import { draftOf, lockAvatar, refuseWhileTraining } from '../update-avatar-draft.js';
import type { AddPhotos, PhotoVerdict } from './add-photos.js';

/** A picture, or a ZIP of pictures, as its sender calls it. */
export interface SentFile {
  readonly name: string | null;
  readonly bytes: Uint8Array;
  /** Names this sending: the same file sent again is the same photo, so that a lost answer can be asked for again. */
  readonly upload: string;
}

/** What became of a file. A ZIP of which nothing can be read is one file that is refused. */
export type FileVerdict =
  | PhotoVerdict
  | {
      readonly name: string | null;
      readonly status: 'refused';
      readonly reason: `archive_${ArchiveRefusal}`;
    };

type Touched = 'allowances' | 'avatarDrafts' | 'avatars' | 'photos' | 'trainings';

type Parts = Needs<Touched, 'clock'> & {
  readonly policy: Policy;
  readonly addPhotos: Pick<AddPhotos, 'execute'>;
};

/** Takes files for the draft that is named, whichever its owner turned to last, and counts them once. */
export class SendPhotos {
  constructor(private readonly parts: Parts) {}

  /** @throws DomainError `avatar_not_found`, `not_found` without a draft, `wrong_state`, `allowance_spent`. */
  async execute(
    { avatar, files }: { readonly avatar: AvatarId; readonly files: readonly SentFile[] },
    { owner }: Asker,
  ): Promise<{ verdicts: FileVerdict[]; set: PhotoSet }> {
    const { database, policy, clock } = this.parts;
    const amount = files.reduce((sum, { bytes }) => sum + bytes.byteLength, 0);
    const { type } = await database.transaction(async (stores) => {
      const found = await lockAvatar(stores, { owner, avatar });
      await draftOf(stores, { owner, avatar });
      await refuseWhileTraining(stores, avatar);
      await useAllowance(stores, policy, { owner, kind: 'upload_bytes', amount }, clock.now());
      return found;
    });
    const verdicts: FileVerdict[] = [];
    for (const file of files) verdicts.push(...(await this.take(avatar, file, { owner })));
    return { verdicts, set: describeSet(await database.stores.photos.list(avatar), type) };
  }

  private async take(avatar: AvatarId, { name, bytes, upload }: SentFile, by: Asker): Promise<FileVerdict[]> {
    try {
      const sent = { avatar, file: bytes, ...(name === null ? {} : { name }) };
      return [...(await this.parts.addPhotos.execute(sent, { ...by, upload })).verdicts];
    } catch (error) {
      if (!(error instanceof DomainError) || error.refusal.code !== 'archive_refused') throw error;
      return [{ name, status: 'refused', reason: `archive_${error.refusal.reason}` }];
    }
  }
}

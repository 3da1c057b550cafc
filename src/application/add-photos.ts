import { type AvatarId, photoId, type UserId } from '../domain/ids.js';
import {
  type DraftPhoto,
  describeSet,
  isAlike,
  type PhotoRefusal,
  type PhotoSet,
  type PhotoWarning,
  photoLimits,
} from '../domain/photo.js';
import type { Clock } from './ports/clock.js';
import type { Ids } from './ports/ids.js';
import type { MediaStore } from './ports/media-store.js';
import type { PhotoArchives } from './ports/photo-archives.js';
import type { PhotoJudge } from './ports/photo-judge.js';
import type { Database, Stores } from './ports/stores/stores.js';
import { draftOf, lockAvatar, refuseWhileTraining } from './tend-draft.js';

/** What became of one file. */
export type PhotoVerdict =
  | { readonly name: string | null; readonly status: 'kept'; readonly photo: DraftPhoto }
  | {
      readonly name: string | null;
      readonly status: 'warned';
      readonly photo: DraftPhoto;
      readonly reasons: readonly PhotoWarning[];
    }
  | { readonly name: string | null; readonly status: 'refused'; readonly reason: PhotoRefusal };

export interface PhotoReport {
  readonly verdicts: readonly PhotoVerdict[];
  /** The whole set after these. */
  readonly set: PhotoSet;
}

export interface PhotosSent {
  readonly owner: UserId;
  readonly avatar: AvatarId;
  /** A picture, or a ZIP of pictures. */
  readonly file: Uint8Array;
  /** As the sender called it. */
  readonly name?: string | undefined;
}

type Judged = Extract<Awaited<ReturnType<PhotoJudge['judge']>>, { kind: 'judged' }>;

/** Takes photos into an avatar in the making: each is judged by itself and beside the others. */
export class AddPhotos {
  constructor(
    private readonly database: Database,
    private readonly judge: PhotoJudge,
    private readonly archives: PhotoArchives,
    private readonly media: MediaStore,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** @throws DomainError `avatar_not_found`, `not_found` without a draft, `wrong_state`, `archive_refused`. */
  async execute({ owner, avatar: id, file, name }: PhotosSent): Promise<PhotoReport> {
    const mine = { owner, avatar: id };
    const { type } = await this.database.transaction((stores) => openForPhotos(stores, mine));
    const verdicts: PhotoVerdict[] = [];
    if (this.archives.isArchive(file)) {
      for await (const one of this.archives.files(file))
        verdicts.push(
          'refused' in one
            ? { name: one.name, status: 'refused', reason: one.refused }
            : await this.take(mine, one),
        );
    } else {
      verdicts.push(await this.take(mine, { name: name ?? null, bytes: file }));
    }
    return { verdicts, set: describeSet(await this.database.stores.photos.list(id), type) };
  }

  private async take(
    mine: { owner: UserId; avatar: AvatarId },
    { name, bytes }: { name: string | null; bytes: Uint8Array },
  ): Promise<PhotoVerdict> {
    const refused = (reason: PhotoRefusal): PhotoVerdict => ({ name, status: 'refused', reason });
    if (bytes.byteLength > photoLimits.bytes) return refused('file_too_large');
    const sourceSha256 = this.judge.digest(bytes);
    // Before the work of judging; the same question is asked again under the lock.
    const before = await this.database.stores.photos.list(mine.avatar);
    const early = cannotTake(before, sourceSha256);
    if (early !== null) return refused(early);
    const judged = await this.judge.judge(bytes);
    if (judged.kind === 'refused') return refused(judged.reason);
    const photo = await this.store(mine, judged, sourceSha256);
    if (typeof photo === 'string') return refused(photo);
    return photo.status === 'kept'
      ? { name, status: 'kept', photo }
      : { name, status: 'warned', photo, reasons: photo.warnings };
  }

  private async store(
    mine: { owner: UserId; avatar: AvatarId },
    { picture, fingerprint, warnings }: Judged,
    sourceSha256: string,
  ): Promise<DraftPhoto | PhotoRefusal> {
    const id = photoId(this.ids.uuid());
    const image = await this.media.saveImage(`photos/${mine.avatar}/${id}`, once(picture));
    const { mediaKey, thumbnailKey, width, height, bytes } = image;
    const file = { mediaKey, thumbnailKey, width, height, bytes };
    try {
      const taken = await this.database.transaction(async (stores) => {
        const others = await stores.photos.lock(mine.avatar);
        // It may have been sent to the trainer, or deleted, while this was being looked at.
        await openForPhotos(stores, mine);
        const late = cannotTake(others, sourceSha256);
        if (late !== null) return late;
        const isNear = others.some((other) => isAlike(other.fingerprint, fingerprint));
        const all: PhotoWarning[] = isNear ? [...warnings, 'near_duplicate'] : [...warnings];
        const status = all.length === 0 ? 'kept' : 'warned';
        const createdAt = this.clock.now();
        const photo: DraftPhoto = {
          id,
          ...mine,
          ...file,
          status,
          warnings: all,
          sourceSha256,
          fingerprint,
          createdAt,
        };
        return (await stores.photos.add(photo)) ? photo : ('set_full' as const);
      });
      if (typeof taken === 'string') await this.forget(file);
      return taken;
    } catch (error) {
      await this.forget(file);
      throw error;
    }
  }

  private async forget({
    mediaKey,
    thumbnailKey,
  }: {
    mediaKey: string;
    thumbnailKey: string;
  }): Promise<void> {
    await this.media.remove(mediaKey);
    await this.media.remove(thumbnailKey);
  }
}

/** Photos come in before the training and after it, not while it runs. */
async function openForPhotos(stores: Stores, mine: { owner: UserId; avatar: AvatarId }) {
  const avatar = await lockAvatar(stores, mine);
  await draftOf(stores, mine);
  await refuseWhileTraining(stores, mine.avatar);
  return avatar;
}

function cannotTake(others: readonly DraftPhoto[], sourceSha256: string): PhotoRefusal | null {
  if (others.some((other) => other.sourceSha256 === sourceSha256)) return 'duplicate';
  return others.filter(({ status }) => status === 'kept').length >= photoLimits.most ? 'set_full' : null;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield bytes;
}

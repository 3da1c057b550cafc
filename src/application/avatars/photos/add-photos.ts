import { IsInstance, IsString } from 'class-validator';
import {
  type DraftPhoto,
  describeSet,
  isAlike,
  type PhotoRefusal,
  type PhotoSet,
  type PhotoWarning,
  photoLimits,
} from '../../../domain/avatar/photo.js';
import { type PhotoId, photoId } from '../../../domain/ids.js';
import { filesOf } from '../../../domain/stored-image.js';
import { checkedInput, MayBeAbsent } from '../../input/input-validation.js';
import { AvatarNamed } from '../../input/named.js';
import type { Asker } from '../../input/request-context.js';
import type { Needs } from '../../ports/needs.js';
import type { PhotoArchives } from '../../ports/photo-archives.js';
import type { PhotoJudge } from '../../ports/photo-judge.js';
import type { Stores } from '../../ports/stores/stores.js';
import type { CoachFaces } from '../coach-faces.js';
import { draftOf, lockAvatar, type Mine, refuseWhileTraining } from '../update-avatar-draft.js';

type Touched = 'attempts' | 'avatarDrafts' | 'avatars' | 'photos' | 'trainings';

/** A file that was begun so often and never came to an end took the process with it. */
const mostAttempts = 2;

/** What became of one file. */
export type PhotoVerdict = { readonly name: string | null } & (
  | { readonly status: 'kept'; readonly photo: DraftPhoto }
  | { readonly status: 'warned'; readonly photo: DraftPhoto; readonly reasons: readonly PhotoWarning[] }
  | {
      readonly status: 'refused';
      readonly reason: PhotoRefusal;
      /** A small picture of it, where there is one. */
      readonly preview: Uint8Array | null;
      /** The photo that it is the same as. */
      readonly like: DraftPhoto | null;
    }
);

export interface PhotoReport {
  readonly verdicts: readonly PhotoVerdict[];
  /** The whole set after these. */
  readonly set: PhotoSet;
}

export class PhotosSent extends AvatarNamed {
  /** A picture, or a ZIP of pictures. */
  @IsInstance(Uint8Array) file!: Uint8Array;

  /** As the sender called it. */
  @MayBeAbsent() @IsString() name?: string | undefined;
}

interface SendingContext extends Asker {
  /** Names this sending: the same one may come again after a crash, and what was taken then is no duplicate now. */
  readonly upload?: string | undefined;
}

interface Sending extends Mine {
  readonly upload: string | null;
  /** Photos that its files have turned out to be so far. */
  readonly met: Set<PhotoId>;
}

type Judged = Extract<Awaited<ReturnType<PhotoJudge['judge']>>, { kind: 'judged' }>;

type Parts = Needs<Touched, 'media' | 'clock' | 'ids'> & {
  readonly judge: PhotoJudge;
  readonly archives: PhotoArchives;
  readonly coach: Pick<CoachFaces, 'execute'>;
};

/** Takes photos into an avatar in the making: each is judged by itself and beside the others. */
export class AddPhotos {
  constructor(private readonly parts: Parts) {}

  /** @throws DomainError `avatar_not_found`, `not_found` without a draft, `wrong_state`, `archive_refused`. */
  async execute(sent: PhotosSent, { owner, upload }: SendingContext): Promise<PhotoReport> {
    const { avatar: id, file, name } = checkedInput(PhotosSent, sent);
    const mine = { owner, avatar: id };
    const sending: Sending = { ...mine, upload: upload ?? null, met: new Set() };
    const { type } = await this.parts.database.transaction((stores) => openForPhotos(stores, mine));
    const verdicts: PhotoVerdict[] = [];
    if (this.parts.archives.isArchive(file)) {
      for await (const one of this.parts.archives.files(file))
        if ('refused' in one) verdicts.push(refusalOf(one.name, { reason: one.refused }));
        else verdicts.push(await this.take(sending, one));
    } else verdicts.push(await this.take(sending, { name: name ?? null, bytes: file }));
    if (verdicts.some(({ status }) => status !== 'refused')) await this.parts.coach.execute(mine);
    const photos = await this.parts.database.stores.photos.list(id);
    return { verdicts: verdicts.map((verdict) => asOfNow(verdict, photos)), set: describeSet(photos, type) };
  }

  private async take(
    sending: Sending,
    { name, bytes }: { name: string | null; bytes: Uint8Array },
  ): Promise<PhotoVerdict> {
    const refused = (reason: PhotoRefusal) => refusalOf(name, { reason });
    const told = (outcome: DraftPhoto | Obstacle) =>
      'reason' in outcome ? refusalOf(name, outcome) : verdictOf(name, outcome);
    if (bytes.byteLength > photoLimits.bytes) return refused('file_too_large');
    const sourceSha256 = this.parts.judge.digest(bytes);
    // Before the work of judging; the same question is asked again under the lock.
    const before = await this.parts.database.stores.photos.list(sending.avatar);
    const early = known(before, sourceSha256, sending);
    if (early !== null) return told(early);
    // Counted before the decoder begins: what kills it must not come again with every start.
    const { attempts } = this.parts.database.stores;
    const attempt = await attempts.begin(sending.owner, sourceSha256, this.parts.clock.now());
    if (attempt > mostAttempts) return refused('too_costly');
    const judged = await this.parts.judge.judge(bytes);
    await attempts.end(sending.owner, sourceSha256);
    return told(judged.kind === 'refused' ? judged : await this.store(sending, judged, sourceSha256));
  }

  private async store(
    sending: Sending,
    { picture, fingerprint, warnings }: Judged,
    sourceSha256: string,
  ): Promise<DraftPhoto | Obstacle> {
    const { owner, avatar, upload } = sending;
    const mine = { owner, avatar };
    const id = photoId(this.parts.ids.uuid());
    const image = await this.parts.media.saveImage(`photos/${avatar}/${id}`, once(picture));
    const { mediaKey, thumbnailKey, width, height, bytes } = image;
    const file = { mediaKey, thumbnailKey, width, height, bytes };
    try {
      const taken = await this.parts.database.transaction(async (stores) => {
        const others = await stores.photos.lock(avatar);
        // It may have been sent to the trainer, or deleted, while this was being looked at.
        await openForPhotos(stores, mine);
        const late = known(others, sourceSha256, sending);
        if (late !== null) return late;
        const isNear = others.some((other) => isAlike(other.fingerprint, fingerprint));
        const all: PhotoWarning[] = isNear ? [...warnings, 'near_duplicate'] : [...warnings];
        const createdAt = this.parts.clock.now();
        const photo: DraftPhoto = {
          ...{ id, ...mine, ...file, sourceSha256, upload, fingerprint, createdAt },
          status: all.length === 0 ? 'kept' : 'warned',
          warnings: all,
          faceCount: null,
          faceYaw: null,
          looksYoung: null,
        };
        if (!(await stores.photos.add(photo))) return { reason: 'set_full' } as const;
        await stores.avatarDrafts.touch(avatar, createdAt);
        sending.met.add(id);
        return photo;
      });
      if ('reason' in taken || taken.id !== id) await this.forget(file);
      return taken;
    } catch (error) {
      await this.forget(file);
      throw error;
    }
  }

  private async forget(file: Parameters<typeof filesOf>[0]): Promise<void> {
    for (const key of filesOf(file)) await this.parts.media.remove(key);
  }
}

/** Why a file is not taken, with what there is to know it by. */
interface Obstacle {
  readonly reason: PhotoRefusal;
  readonly preview?: Uint8Array;
  readonly like?: DraftPhoto;
}

const refusalOf = (name: string | null, { reason, preview, like }: Obstacle): PhotoVerdict => ({
  ...{ name, status: 'refused', reason },
  preview: preview ?? null,
  like: like ?? null,
});

const verdictOf = (name: string | null, photo: DraftPhoto): PhotoVerdict =>
  photo.status === 'kept'
    ? { name, status: 'kept', photo }
    : { name, status: 'warned', photo, reasons: photo.warnings };

/** Beside the others it may have become doubtful. */
function asOfNow(verdict: PhotoVerdict, photos: readonly DraftPhoto[]): PhotoVerdict {
  if (verdict.status === 'refused') return verdict;
  const now = photos.find(({ id }) => id === verdict.photo.id);
  return now === undefined ? verdict : verdictOf(verdict.name, now);
}

/** Photos come in before the training and after it, not while it runs. */
async function openForPhotos(stores: Pick<Stores, Touched>, mine: Mine) {
  const avatar = await lockAvatar(stores, mine);
  await draftOf(stores, mine);
  await refuseWhileTraining(stores, mine.avatar);
  return avatar;
}

/** What was taken of this very sending before, or why the file cannot be taken; `null`: it can. */
function known(
  others: readonly DraftPhoto[],
  sourceSha256: string,
  { upload, met }: Sending,
): DraftPhoto | Obstacle | null {
  const same = others.find((other) => other.sourceSha256 === sourceSha256);
  if (same !== undefined) {
    // Met twice in one sending it is a duplicate all the same: an archive may hold a photo twice.
    if (upload === null || same.upload !== upload || met.has(same.id))
      return { reason: 'duplicate', like: same };
    met.add(same.id);
    return same;
  }
  const isFull = others.filter(({ status }) => status === 'kept').length >= photoLimits.most;
  return isFull ? { reason: 'set_full' } : null;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield bytes;
}

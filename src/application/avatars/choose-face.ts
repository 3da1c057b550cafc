import { IsInt } from 'class-validator';
import { inOrder, portraitOf } from '../../domain/avatar/face-portrait.js';
import { type Box, type Face, facesSeen } from '../../domain/avatar/faces.js';
import { type DraftPhoto, photoLimits } from '../../domain/avatar/photo.js';
import { DomainError } from '../../domain/errors.js';
import { filesOf } from '../../domain/stored-image.js';
import { checkedInput } from '../input/input-validation.js';
import type { Asker } from '../input/request-context.js';
import { NoSuchFile } from '../ports/media-store.js';
import type { Needs } from '../ports/needs.js';
import type { PhotoJudge } from '../ports/photo-judge.js';
import type { FaceFinder, PictureCutter } from '../ports/pictures/face-finder.js';
import type { ProofComposer } from '../ports/pictures/proof-composer.js';
import { ownPhoto, PhotoNamed } from './photos/sort-photos.js';

export class FaceChoice extends PhotoNamed {
  /** From 1, as the faces stand from left to right. */
  @IsInt() number!: number;
}

type Mine = PhotoNamed & Asker;

type Parts = Needs<'avatarDrafts' | 'avatars' | 'photos' | 'trainings', 'media' | 'ids'> & {
  readonly faces: FaceFinder;
  readonly cutter: PictureCutter;
  readonly judge: Pick<PhotoJudge, 'judge'>;
  readonly composer: Pick<ProofComposer, 'compose'>;
};

/** How many stand side by side. */
const columns = 3;

/** The people in a photo as one picture, each with a number. */
export interface OfferedFaces {
  readonly count: number;
  /** `null` when nobody is found any more. */
  readonly sheet: Uint8Array | null;
}

interface Shown {
  readonly photo: DraftPhoto;
  readonly picture: Uint8Array;
  /** From left to right. */
  readonly faces: readonly Face[];
}

/** Of a photo with several people its owner chooses the one: what is trained on is cut out around that face. */
export class ChooseFace {
  constructor(private readonly parts: Parts) {}

  /** Numbered from left to right. @throws DomainError `not_found`, `photo_gone`, `wrong_state`. */
  async offer(which: PhotoNamed, { owner }: Asker): Promise<OfferedFaces> {
    const mine = { ...checkedInput(PhotoNamed, which), owner };
    const { photo, picture, faces } = await this.facesOf(mine);
    if (faces.length === 0) return { count: 0, sheet: null };
    const { cutter, composer } = this.parts;
    const portraits = await Promise.all(
      faces.map((face) => cutter.cut(picture, portraitOf(face, faces, photo))),
    );
    return {
      count: faces.length,
      sheet: await composer.compose(portraits, Math.min(columns, faces.length)),
    };
  }

  /** @throws DomainError `not_found`, `photo_gone`, `wrong_state`, `too_many_photos`. */
  async execute(given: FaceChoice, { owner }: Asker): Promise<DraftPhoto> {
    const { number, ...which } = checkedInput(FaceChoice, given);
    const mine = { ...which, owner };
    const { photo, picture, faces } = await this.facesOf(mine);
    const face = faces[number - 1];
    if (face === undefined) throw new DomainError({ code: 'not_found', what: 'face' });
    const cut = await this.cutOut(photo, picture, portraitOf(face, faces, photo));
    try {
      await this.parts.database.transaction(async (stores) => {
        await sameFile(stores, mine, photo);
        if (!(await stores.photos.update(cut)))
          throw new DomainError({ code: 'too_many_photos', limit: photoLimits.most });
      });
    } catch (error) {
      await this.parts.media.removeAll(filesOf(cut));
      throw error;
    }
    await this.parts.media.removeAll(filesOf(photo));
    return cut;
  }

  private async facesOf(mine: Mine): Promise<Shown> {
    const { database, media, faces } = this.parts;
    const photo = await database.transaction((stores) => ownPhoto(stores, mine));
    try {
      const picture = await media.bytes(photo.mediaKey);
      const found = await faces.find(photo.mediaKey, async () => picture);
      return { photo, picture, faces: inOrder(found ?? []) };
    } catch (error) {
      if (!(error instanceof NoSuchFile)) throw error;
      await database.transaction((stores) => sameFile(stores, mine, photo));
      throw new DomainError({ code: 'photo_gone' });
    }
  }

  private async cutOut(photo: DraftPhoto, whole: Uint8Array, part: Box): Promise<DraftPhoto> {
    const { ids, media, judge, cutter, faces } = this.parts;
    const judged = await judge.judge(await cutter.cut(whole, part));
    if (judged.kind === 'refused') throw new Error(`what was cut out is ${judged.reason}`);
    const { picture, fingerprint, warnings } = judged;
    const image = await media.saveImage(`photos/${photo.avatar}/${ids.uuid()}`, once(picture));
    const { mediaKey, thumbnailKey, width, height, bytes } = image;
    const seen = facesSeen((await faces.find(mediaKey, async () => picture)) ?? []);
    return {
      ...photo,
      ...{ mediaKey, thumbnailKey, width, height, bytes, fingerprint, ...seen },
      status: 'kept',
      // Somebody stands too close to be left out; that it is wanted all the same is decided.
      warnings: seen.faceCount === 1 ? warnings : ['several_people', ...warnings],
    };
  }
}

/** @throws DomainError `not_found` after another tap: the faces of the first cut are other ones. */
async function sameFile(
  stores: Parameters<typeof ownPhoto>[0],
  mine: Mine,
  photo: DraftPhoto,
): Promise<void> {
  const { mediaKey } = await ownPhoto(stores, mine);
  if (mediaKey !== photo.mediaKey) throw new DomainError({ code: 'not_found', what: 'face' });
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield bytes;
}

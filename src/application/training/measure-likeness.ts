import { type Face, mainFace } from '../../domain/avatar/faces.js';
import { likenessTo } from '../../domain/training/likeness.js';
import { type MediaStore, NoSuchFile } from '../ports/media-store.js';
import type { FaceFinder } from '../ports/pictures/face-finder.js';

/** A picture and the name that it is known by. */
export interface NamedPicture {
  readonly name: string;
  readonly bytes: Uint8Array;
}

interface Likenesses {
  /** The photo that shows the person best; `null` when all of them are gone. */
  readonly original: string | null;
  /** For each picture, 0-1; `null` where it cannot be said. */
  readonly values: readonly (number | null)[];
}

interface Photo {
  readonly key: string;
  readonly face: Face | undefined;
}

interface Parts {
  readonly media: Pick<MediaStore, 'bytes'>;
  readonly faces: FaceFinder;
}

/** Compares made pictures with the photos that they are to look like. */
export class MeasureLikeness {
  constructor(private readonly parts: Parts) {}

  /** @param photos keys in the media store; some may be gone */
  async execute(
    photos: readonly string[],
    pictures: ReadonlyArray<NamedPicture | null>,
  ): Promise<Likenesses> {
    const known: Photo[] = [];
    for (const key of photos) {
      const bytes = await this.photo(key);
      if (bytes !== null) known.push({ key, face: await this.faceIn({ name: key, bytes }) });
    }
    const faces = known.flatMap(({ face }) => face ?? []);
    const values: (number | null)[] = [];
    for (const picture of pictures)
      values.push(
        picture === null || faces.length === 0 ? null : likenessTo(faces, await this.faceIn(picture)),
      );
    return { original: clearest(known), values };
  }

  private async photo(key: string): Promise<Uint8Array | null> {
    try {
      return await this.parts.media.bytes(key);
    } catch (error) {
      // Deleted by its owner, or because its time was over.
      if (error instanceof NoSuchFile) return null;
      throw error;
    }
  }

  private async faceIn({ name, bytes }: NamedPicture): Promise<Face | undefined> {
    return mainFace((await this.parts.faces.find(name, async () => bytes)) ?? []);
  }
}

/** Where one looks at the camera most; the first one where no face is known. */
function clearest(photos: readonly Photo[]): string | null {
  const turned = ({ face }: Photo): number => (face === undefined ? 180 : Math.abs(face.yaw));
  return [...photos].sort((one, other) => turned(one) - turned(other))[0]?.key ?? null;
}

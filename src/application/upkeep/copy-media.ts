import { invalidInput } from '../../domain/errors.js';
import { checkedInput, IsOneOf, type Sent } from '../input/input-validation.js';
import { NoRoom, NoSuchFile } from '../ports/media-store.js';
import {
  type CopyableMedia,
  type MediaPlace,
  type MediaPlaces,
  mediaPlaces,
} from '../ports/operator/copyable-media.js';

/** A few at once: one waits for the line while another is read. */
const copiedAtOnce = 8;

/** Between which places. */
export class MediaWay {
  @IsOneOf(mediaPlaces) from!: MediaPlace;
  @IsOneOf(mediaPlaces) to!: MediaPlace;
}

export interface CopyProgress {
  /** Files that were looked at. */
  readonly files: number;
  readonly copied: number;
  /** Of what was copied. */
  readonly bytes: number;
}

export interface CopiedMedia extends CopyProgress {
  /** Were there before, with the same hash. */
  readonly already: number;
  /** Deleted or replaced while they were copied: nothing of them was left there. */
  readonly gone: number;
  /** There is another file of that name, which stays as it is: it is the newer one. */
  readonly different: readonly string[];
  /** What could not be copied, and why. */
  readonly failed: ReadonlyArray<{ readonly key: string; readonly reason: string }>;
}

/**
 * Copies every file of one place of media to another and reads each again to see that it is the same. Nothing is taken
 * away or written over, so it may be ended and begun again at any time, and the service may go on meanwhile.
 */
export class CopyMedia {
  constructor(private readonly parts: { readonly places: MediaPlaces }) {}

  /** @throws NoRoom when the other place takes nothing more: what has been copied stays */
  async execute(given: Sent<MediaWay>, tell: (progress: CopyProgress) => void): Promise<CopiedMedia> {
    const { from, to } = checkedInput(MediaWay, given);
    const another = mediaPlaces.filter((place) => place !== from).join(', ');
    if (from === to) throw invalidInput([{ field: 'to', code: 'malformed', received: to, allowed: another }]);
    const { places } = this.parts;
    return new Copying(await places.open(from), await places.open(to)).all(tell);
  }
}

type What = 'copied' | 'already' | 'gone' | 'different';

/** One time through all files. */
class Copying {
  private readonly counts = { files: 0, copied: 0, bytes: 0, already: 0, gone: 0 };
  private readonly different: string[] = [];
  private readonly failed: { key: string; reason: string }[] = [];

  constructor(
    private readonly from: CopyableMedia,
    private readonly to: CopyableMedia,
  ) {}

  async all(tell: (progress: CopyProgress) => void): Promise<CopiedMedia> {
    const files = this.from.list()[Symbol.asyncIterator]();
    const copySome = async () => {
      // A generator serves those who ask it one after the other.
      for (let next = await files.next(); next.done !== true; next = await files.next()) {
        const { key, bytes } = next.value;
        this.count(key, bytes, await this.copy(key));
        tell(this.counts);
      }
    };
    // All are waited for, so that nothing goes on behind whoever is told of an end.
    const ends = await Promise.allSettled(Array.from({ length: copiedAtOnce }, copySome));
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
    return { ...this.counts, different: this.different.sort(), failed: this.failed };
  }

  private count(key: string, bytes: number, what: What | { readonly failed: string }): void {
    this.counts.files += 1;
    if (typeof what === 'object') this.failed.push({ key, reason: what.failed });
    else if (what === 'different') this.different.push(key);
    else this.counts[what] += 1;
    if (what === 'copied') this.counts.bytes += bytes;
  }

  private async copy(key: string): Promise<What | { readonly failed: string }> {
    try {
      return await this.copyOne(key);
    } catch (error) {
      if (error instanceof NoRoom) throw error;
      if (error instanceof NoSuchFile) return 'gone';
      return { failed: error instanceof Error ? error.message : String(error) };
    }
  }

  private async copyOne(key: string): Promise<What> {
    const { from, to } = this;
    if (await to.has(key)) return this.compare(key);
    const copy = await to.addCopy(key, await from.read(key));
    // Somebody was faster.
    if (copy === null) return this.compare(key);
    const isSame = (await copy.readBack()) === copy.sha256;
    // Whoever deleted it meanwhile did not find the copy; whoever replaced it has written another file there.
    const isGone = !(await from.has(key));
    if (isSame && !isGone) return 'copied';
    await copy.takeBack();
    if (isGone) return 'gone';
    // It was replaced meanwhile, or it was broken and is gone now.
    if (await to.has(key)) return this.compare(key);
    throw new Error('what was read back is not what was copied');
  }

  private async compare(key: string): Promise<What> {
    const [ours, theirs] = [await this.from.sha256(key), await this.to.sha256(key)];
    if (ours === null || theirs === null) return 'gone';
    return ours === theirs ? 'already' : 'different';
  }
}

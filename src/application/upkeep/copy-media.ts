import type { CopyableMedia } from '../ports/copyable-media.js';
import { NoRoom, NoSuchFile } from '../ports/media-store.js';

/** A few at once: one waits for the line while another is read. */
const copiedAtOnce = 8;

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

interface Parts {
  readonly from: CopyableMedia;
  readonly to: CopyableMedia;
}

/**
 * Copies every file of one media store to another and reads each again to see that it is the same. Nothing is taken
 * away or written over, so it may be ended and begun again at any time, and the service may go on meanwhile.
 */
export class CopyMedia {
  private counts = { files: 0, copied: 0, bytes: 0, already: 0, gone: 0 };
  private readonly different: string[] = [];
  private readonly failed: { key: string; reason: string }[] = [];

  constructor(private readonly parts: Parts) {}

  /** @throws NoRoom when the other store takes nothing more: what has been copied stays */
  async execute(tell: (progress: CopyProgress) => void): Promise<CopiedMedia> {
    const files = this.parts.from.list()[Symbol.asyncIterator]();
    const copySome = async () => {
      for (let next = await files.next(); next.done !== true; next = await files.next()) {
        await this.copy(next.value.key);
        this.counts.files += 1;
        tell(this.counts);
      }
    };
    // Async generators hand out one after the other, so all may ask the same. All are waited for before one's end is told.
    const ends = await Promise.allSettled(Array.from({ length: copiedAtOnce }, copySome));
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
    return { ...this.counts, different: this.different.sort(), failed: this.failed };
  }

  private async copy(key: string): Promise<void> {
    try {
      await this.copyOne(key);
    } catch (error) {
      if (error instanceof NoRoom) throw error;
      if (error instanceof NoSuchFile) this.counts.gone += 1;
      else this.failed.push({ key, reason: error instanceof Error ? error.message : String(error) });
    }
  }

  private async copyOne(key: string): Promise<void> {
    const { from, to } = this.parts;
    if (await to.has(key)) return this.compare(key);
    const copy = await to.addCopy(key, await from.read(key));
    // Somebody was faster.
    if (copy === null) return this.compare(key);
    const isSame = (await copy.readBack()) === copy.sha256;
    // Whoever deleted it meanwhile did not find the copy, and whoever replaced it has written another one.
    if (!(await from.has(key))) {
      await copy.takeBack();
      this.counts.gone += 1;
    } else if (isSame) {
      this.counts.copied += 1;
      this.counts.bytes += copy.bytes;
    } else {
      await copy.takeBack();
      // It was replaced meanwhile, or it is broken and gone now.
      if (await to.has(key)) return this.compare(key);
      throw new Error('what was read back is not what was copied');
    }
  }

  private async compare(key: string): Promise<void> {
    const { from, to } = this.parts;
    const [ours, theirs] = [await from.sha256(key), await to.sha256(key)];
    if (ours === null || theirs === null) this.counts.gone += 1;
    else if (ours === theirs) this.counts.already += 1;
    else this.different.push(key);
  }
}

import { once } from 'node:events';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { colourProfileOf } from '../../domain/avatar/heif.js';
import { type PhotoRefusal, photoLimits } from '../../domain/avatar/photo.js';
import { heifPixelLimit } from '../../domain/avatar/picture-cost.js';

/** `picture`: what is kept of it, a JPEG, upright. Sizes are those of the photo. */
export interface HeicDecoded {
  readonly width: number;
  readonly height: number;
  readonly picture: Uint8Array;
}

type HeicPicture = HeicDecoded | { readonly refused: PhotoRefusal };

interface DecoderSettings {
  /** What decoding one photo may take; 30. A phone's largest takes five, and many times as much on a busy machine. */
  readonly seconds?: number;
  /** How long the thread stays for another photo; 10. Its end gives the decoder's memory back. */
  readonly idleSeconds?: number;
  /** The decoder's memory; 512 MB. 48 megapixels take half of it. */
  readonly mostBytes?: number;
  /** The package that decodes. */
  readonly library?: string;
  /** Photos at a time, each on a core of its own; 2, or as many as there are. */
  readonly threads?: number;
}

const defaults = {
  ...{ seconds: 30, idleSeconds: 10, mostBytes: 512 * 2 ** 20, library: 'libheif-js' },
  threads: Math.min(2, availableParallelism()),
};

const require = createRequire(import.meta.url);

/** The version of the package that decodes HEIC; `null` when it is not installed, which is nobody's fault. */
export function heicSupport(library: string = defaults.library): string | null {
  try {
    const { version }: { version: string } = require(`${library}/package.json`);
    return version;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') return null;
    throw error;
  }
}

/** HEIC photos by libheif, which takes a core for a second each: two at a time, as more would leave none for anybody. */
export class HeicDecoder {
  private readonly library: string;
  private readonly free: HeicThread[];
  private readonly waiting: ((thread: HeicThread) => void)[] = [];

  constructor(settings: DecoderSettings = {}) {
    const all = { ...defaults, ...settings };
    this.library = all.library;
    this.free = Array.from({ length: all.threads }, () => new HeicThread(all));
  }

  async decode(file: Uint8Array): Promise<HeicPicture> {
    if (heicSupport(this.library) === null) return { refused: 'heic_not_readable' };
    const thread = this.free.pop() ?? (await new Promise<HeicThread>((take) => this.waiting.push(take)));
    try {
      return await thread.decode(file);
    } finally {
      const next = this.waiting.shift();
      // The one that worked last is the one to work next: the other can end.
      if (next === undefined) this.free.push(thread);
      else next(thread);
    }
  }
}

/** Started when its first photo comes. One photo at a time. */
class HeicThread {
  private worker: Worker | null = null;
  private idle: NodeJS.Timeout | undefined;

  constructor(private readonly settings: Required<DecoderSettings>) {}

  async decode(file: Uint8Array): Promise<HeicPicture> {
    const { seconds, idleSeconds } = this.settings;
    clearTimeout(this.idle);
    this.worker ??= this.started();
    const answer = await answerOf(this.worker, file, seconds);
    // Nobody knows what a broken file has left behind.
    if ('refused' in answer) await this.stop();
    else this.idle = setTimeout(() => void this.stop(), idleSeconds * 1000).unref();
    return answer;
  }

  private started(): Worker {
    const { mostBytes, library } = this.settings;
    const { keptSide, keptQuality } = photoLimits;
    const worker = new Worker(require.resolve('aisha/assets/workers/heic.js'), {
      workerData: { library, mostPixels: heifPixelLimit, mostBytes, keptSide, keptQuality },
    });
    worker.on('error', () => {
      if (this.worker === worker) this.worker = null;
    });
    return worker;
  }

  private async stop(): Promise<void> {
    const { worker } = this;
    this.worker = null;
    await worker?.terminate();
  }
}

async function answerOf(worker: Worker, file: Uint8Array, seconds: number): Promise<HeicPicture> {
  const isOver = AbortSignal.timeout(seconds * 1000);
  worker.ref();
  try {
    const answer = once(worker, 'message', { signal: isOver });
    worker.postMessage({ file, profile: colourProfileOf(file) });
    const [picture]: HeicPicture[] = await answer;
    return picture ?? { refused: 'damaged' };
  } catch {
    return { refused: isOver.aborted ? 'too_costly' : 'damaged' };
  } finally {
    worker.unref();
  }
}

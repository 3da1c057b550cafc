import { once } from 'node:events';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { colourProfileOf } from '../../domain/avatar/heif.js';
import { type PhotoRefusal, photoLimits } from '../../domain/avatar/photo.js';
import { heifPixelLimit } from '../../domain/avatar/picture-cost.js';

/** A PNG, upright and at most as long as what is kept. Sizes are those of the photo. */
type HeicPicture =
  | { readonly refused: PhotoRefusal }
  | { readonly width: number; readonly height: number; readonly picture: Uint8Array };

interface DecoderSettings {
  /** What decoding one photo may take; 15. A phone's largest takes two. */
  readonly seconds?: number;
  /** How long the thread stays for another photo; 10. Its end gives the decoder's memory back. */
  readonly idleSeconds?: number;
  /** The decoder's memory; 512 MB. 48 megapixels take half of it. */
  readonly mostBytes?: number;
  /** The package that decodes. */
  readonly library?: string;
}

const defaults = { seconds: 15, idleSeconds: 10, mostBytes: 512 * 2 ** 20, library: 'libheif-js' };

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

/** HEIC photos by libheif, in a thread that is started when the first one comes. One photo at a time. */
export class HeicDecoder {
  private readonly settings: Required<DecoderSettings>;
  private worker: Worker | null = null;
  private idle: NodeJS.Timeout | undefined;

  constructor(settings: DecoderSettings = {}) {
    this.settings = { ...defaults, ...settings };
  }

  async decode(file: Uint8Array): Promise<HeicPicture> {
    const { seconds, idleSeconds, library } = this.settings;
    if (heicSupport(library) === null) return { refused: 'heic_not_readable' };
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
    const { keptSide } = photoLimits;
    const worker = new Worker(require.resolve('aisha/assets/workers/heic.js'), {
      workerData: { library, mostPixels: heifPixelLimit, mostBytes, keptSide },
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

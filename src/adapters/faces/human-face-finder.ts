import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import sharp from 'sharp';
import type { Logger } from '../../application/ports/logger.js';
import type { FaceFinder } from '../../application/ports/pictures/face-finder.js';
import type { Face } from '../../domain/avatar/faces.js';
import type { InstalledHuman } from './installed-human.js';

/** Longer side of what is looked at: a face worth training on is well found in it, and no faster in less. */
const lookedAtPixels = 640;

interface Settings {
  /** Without work for so long the thread ends, and with it all that is remembered of faces; 120. */
  readonly idleSeconds?: number;
  /** What one picture may take; 30. The first one loads the models too. */
  readonly seconds?: number;
  /** How many pictures are remembered; 200. */
  readonly remembered?: number;
}

interface Found {
  readonly number: number;
  readonly faces?: readonly Face[];
  readonly error?: string;
  /** Held by the library: it grows when something is not given back. */
  readonly tensors?: number;
}

interface Parts {
  /** `null`: it is not installed, and nothing is ever found. */
  readonly human: InstalledHuman | null;
  readonly log: Logger;
}

/**
 * Finds faces with `@vladmandic/human`, in a thread that lives while there is work. What makes a face somebody's is
 * biometric data: it is held in the memory of this process and gone with the thread.
 */
export class HumanFaceFinder implements FaceFinder {
  #worker: Worker | null = null;
  #idle: NodeJS.Timeout | null = null;
  #last: Promise<unknown> = Promise.resolve();
  #number = 0;
  #tensors = 0;
  readonly #remembered = new Map<string, Promise<readonly Face[] | null>>();

  constructor(
    private readonly parts: Parts,
    private readonly settings: Settings = {},
  ) {}

  find(name: string, read: () => Promise<Uint8Array>): Promise<readonly Face[] | null> {
    if (this.parts.human === null) return Promise.resolve(null);
    const known = this.#remembered.get(name);
    if (known !== undefined) return known;
    const found = this.#inTurn(read).catch((error: unknown) => {
      this.#remembered.delete(name);
      this.parts.log.warn('the faces of a picture could not be looked for', { error });
      return null;
    });
    this.#remember(name, found);
    return found;
  }

  /** What the library held after the last picture: it grows when something is not given back. */
  get tensors(): number {
    return this.#tensors;
  }

  /** Ends the thread and forgets every face. */
  async stop(): Promise<void> {
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#idle = null;
    this.#remembered.clear();
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }

  #remember(name: string, found: Promise<readonly Face[] | null>): void {
    this.#remembered.set(name, found);
    const [oldest] = this.#remembered.keys();
    if (oldest !== undefined && this.#remembered.size > (this.settings.remembered ?? 200))
      this.#remembered.delete(oldest);
  }

  /** One at a time: a second thread would only take the core that answers people. */
  #inTurn(read: () => Promise<Uint8Array>): Promise<readonly Face[]> {
    const turn = this.#last.then(async () => this.#look(await read()));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #look(picture: Uint8Array): Promise<readonly Face[]> {
    const { data, info } = await sharp(picture)
      .resize(lookedAtPixels, lookedAtPixels, { fit: 'inside' })
      .flatten({ background: 'white' })
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true });
    const { width: whole = info.width } = await sharp(picture).metadata();
    const scale = whole / info.width;
    const pixels = Float32Array.from(data);
    if (this.#idle !== null) clearTimeout(this.#idle);
    try {
      const faces = await this.#ask({ pixels, width: info.width, height: info.height });
      return faces.map(({ box, ...face }) => ({
        ...face,
        box: {
          left: box.left * scale,
          top: box.top * scale,
          width: box.width * scale,
          height: box.height * scale,
        },
      }));
    } finally {
      this.#idle = setTimeout(() => void this.stop(), (this.settings.idleSeconds ?? 120) * 1000).unref();
    }
  }

  #ask(picture: {
    pixels: Float32Array<ArrayBuffer>;
    width: number;
    height: number;
  }): Promise<readonly Face[]> {
    this.#worker ??= this.#start();
    const worker = this.#worker;
    const number = ++this.#number;
    return new Promise((resolve, reject) => {
      const seconds = this.settings.seconds ?? 30;
      const late = setTimeout(() => give(new Error(`no answer within ${seconds} s`)), seconds * 1000);
      const give = (found: Found | Error): void => {
        if ('number' in found && found.number !== number) return;
        clearTimeout(late);
        worker.off('message', give).off('error', give).off('exit', left);
        if (found instanceof Error) {
          // It may be in the middle of something: the next picture gets a new one.
          if (this.#worker === worker) this.#worker = null;
          void worker.terminate();
          reject(found);
        } else if (found.faces === undefined) reject(new Error(found.error));
        else {
          this.#tensors = found.tensors ?? 0;
          resolve(found.faces);
        }
      };
      const left = (code: number): void => give(new Error(`the thread ended with ${code}`));
      worker.on('message', give).on('error', give).on('exit', left);
      worker.postMessage({ number, ...picture }, [picture.pixels.buffer]);
    });
  }

  #start(): Worker {
    // Beside the sources as beside what is built from them.
    const script = createRequire(import.meta.url).resolve('aisha/assets/workers/face-finder.js');
    const worker = new Worker(script, {
      workerData: this.parts.human,
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: 256 },
    });
    worker.unref();
    return worker;
  }
}

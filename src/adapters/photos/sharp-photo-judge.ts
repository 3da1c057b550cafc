import { createHash } from 'node:crypto';
import sharp, { type Sharp } from 'sharp';
import type { PhotoJudge, PhotoJudgement } from '../../application/ports/photo-judge.js';
import { heifKind } from '../../domain/avatar/heif.js';
import { type PhotoRefusal, type PhotoWarning, photoLimits, sizeRefusal } from '../../domain/avatar/photo.js';
import {
  type Decodable,
  decodable,
  pictureType,
  pixelLimit,
  usualMostScans,
} from '../../domain/avatar/picture-cost.js';
import { exposure, fingerprint, fingerprintSize, type GreyPicture, sharpness } from './grey-picture.js';
import { type HeicDecoded, HeicDecoder } from './heic-decoder.js';

/** Longer side of the picture that is measured; sharpness means something only at one size. */
const measuredPixels = 512;

/**
 * Set by judgement, not measured on a collection of real portraits. They only raise a doubt, which costs the owner
 * one tap; a blurred photo in the set would cost likeness.
 */
const leastSharpness = 40;
const leastBrightness = 40;
const mostBrightness = 220;
const leastSpread = 40;

const usualSeconds = 15;

interface JudgeSettings {
  /** Of a JPEG; 64. */
  readonly mostScans?: number;
  /** What decoding one photo may take; 15. A phone's largest takes one. */
  readonly seconds?: number;
}

/**
 * Judges photos with libvips, off the main thread. One at a time: it keeps the memory at one decoded picture and a
 * core free for everybody else. HEIC is decoded before its turn comes, and small then.
 */
export class SharpPhotoJudge implements PhotoJudge {
  #last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly settings: JudgeSettings = {},
    private readonly heic = new HeicDecoder(),
  ) {}

  digest(file: Uint8Array): string {
    return createHash('sha256').update(file).digest('hex');
  }

  async judge(file: Uint8Array): Promise<PhotoJudgement> {
    if (file.byteLength > photoLimits.bytes) return refused('file_too_large');
    const heif = heifKind(file);
    if (heif === 'heic') {
      const decoded = await this.heic.decode(file);
      return 'refused' in decoded ? refused(decoded.refused) : this.#inTurn(() => this.#judgeHeic(decoded));
    }
    const type = heif ?? pictureType(file);
    return type === null ? refused('not_an_image') : this.#inTurn(() => this.#judgeOne(file, type));
  }

  #inTurn(judge: () => Promise<PhotoJudgement>): Promise<PhotoJudgement> {
    const turn = this.#last.then(judge);
    // The next in line waits for this one's end, whatever it is; what went wrong is its caller's to hear.
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #judgeOne(file: Uint8Array, type: Parameters<typeof pixelLimit>[0]): Promise<PhotoJudgement> {
    const { mostScans = usualMostScans, seconds = usualSeconds } = this.settings;
    const look = decodable(file);
    if ((look.jpeg?.scans ?? 0) > mostScans) return refused('too_costly');
    try {
      // The header alone: nothing is decoded yet, so a picture of a billion pixels costs nothing.
      const size = await sharp(look.bytes, { limitInputPixels: false }).metadata();
      if ((size.pages ?? 1) > 1) return refused('not_an_image');
      if (size.width * size.height > pixelLimit(type, look.jpeg)) return refused('too_many_pixels');
      const wrongSize = sizeRefusal(size);
      if (wrongSize !== null) return refused(wrongSize, await previewOf(look, seconds));
      return await measured(await upright(look, seconds));
    } catch (error) {
      // libvips has no codes; whatever it dislikes about the bytes is a plain Error. Other kinds are our own faults.
      if (!(error instanceof Error) || error.constructor !== Error) throw error;
      return refused(/^timeout\b/.test(error.message) ? 'too_costly' : 'damaged');
    }
  }

  /** The image library has no HEVC. It is not even asked for the size: it refuses files of as many parts as phones write. */
  async #judgeHeic(decoded: HeicDecoded): Promise<PhotoJudgement> {
    const wrongSize = sizeRefusal(decoded);
    if (wrongSize === null) return measured(Buffer.from(decoded.picture.buffer));
    const { seconds = usualSeconds } = this.settings;
    const look: Decodable = { jpeg: null, bytes: decoded.picture, failOn: 'truncated' };
    return refused(wrongSize, await previewOf(look, seconds));
  }
}

/** `picture`: upright and small. */
async function measured(picture: Buffer): Promise<PhotoJudgement> {
  const [whole, small] = await Promise.all([
    grey(sharp(picture).resize(measuredPixels, measuredPixels, { fit: 'inside' })),
    grey(sharp(picture).resize(fingerprintSize.width, fingerprintSize.height, { fit: 'fill' })),
  ]);
  return { kind: 'judged', picture, fingerprint: fingerprint(small), warnings: warningsFor(whole) };
}

/** For its owner to know it again. */
const previewOf = (look: Decodable, seconds: number): Promise<Buffer> => upright(look, seconds, 320);

/** Turned as it was held, without EXIF, GPS, colour profile or anything else but pixels. */
function upright(
  { bytes, failOn }: Decodable,
  seconds: number,
  side: number = photoLimits.keptSide,
): Promise<Buffer> {
  return sharp(bytes, { failOn, limitInputPixels: false, sequentialRead: true })
    .autoOrient()
    .resize(side, side, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: 'white' })
    .toColourspace('srgb')
    .timeout({ seconds })
    .jpeg({ quality: photoLimits.keptQuality })
    .toBuffer();
}

async function grey(picture: Sharp): Promise<GreyPicture> {
  const { data, info } = await picture.greyscale().raw().toBuffer({ resolveWithObject: true });
  return { pixels: data, width: info.width, height: info.height };
}

function warningsFor(picture: GreyPicture): PhotoWarning[] {
  const { mean, spread } = exposure(picture);
  const warnings: PhotoWarning[] = [];
  if (mean < leastBrightness) warnings.push('too_dark');
  if (mean > mostBrightness) warnings.push('too_bright');
  if (spread < leastSpread) warnings.push('flat');
  if (sharpness(picture) < leastSharpness) warnings.push('blurred');
  return warnings;
}

const refused = (reason: PhotoRefusal, preview?: Uint8Array): PhotoJudgement =>
  preview === undefined ? { kind: 'refused', reason } : { kind: 'refused', reason, preview };

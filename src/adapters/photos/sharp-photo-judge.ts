import { createHash } from 'node:crypto';
import sharp, { type Sharp } from 'sharp';
import type { PhotoJudge, PhotoJudgement } from '../../application/ports/photo-judge.js';
import { type PhotoRefusal, type PhotoWarning, photoLimits } from '../../domain/photo.js';
import { exposure, fingerprint, fingerprintSize, type GreyPicture, sharpness } from './grey-picture.js';
import { typeOf } from './photo-header.js';

/** Longer side of what is kept: trainers shrink to about 1024 anyway, and crop the subject first. */
const keptPixels = 2048;
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

/**
 * Judges photos with libvips, off the main thread. One at a time: it keeps the memory at one decoded picture and a
 * core free for everybody else.
 */
export class SharpPhotoJudge implements PhotoJudge {
  #last: Promise<unknown> = Promise.resolve();

  digest(file: Uint8Array): string {
    return createHash('sha256').update(file).digest('hex');
  }

  judge(file: Uint8Array): Promise<PhotoJudgement> {
    const turn = this.#last.then(() => judgeOne(file));
    // The next in line waits for this one's end, whatever it is; what went wrong is its caller's to hear.
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}

async function judgeOne(file: Uint8Array): Promise<PhotoJudgement> {
  if (file.byteLength > photoLimits.bytes) return refused('file_too_large');
  const type = typeOf(file);
  if (type !== 'jpeg' && type !== 'png' && type !== 'webp') return refused(type);
  try {
    // The header alone: nothing is decoded yet, so a picture of a billion pixels costs nothing.
    const size = await sharp(file, { limitInputPixels: false }).metadata();
    if ((size.pages ?? 1) > 1) return refused('not_an_image');
    if (size.width * size.height > photoLimits.pixels) return refused('too_many_pixels');
    if (Math.min(size.width, size.height) < photoLimits.shorterSide) return refused('too_small');
    const picture = await upright(file);
    const [measured, small] = await Promise.all([
      grey(sharp(picture).resize(measuredPixels, measuredPixels, { fit: 'inside' })),
      grey(sharp(picture).resize(fingerprintSize.width, fingerprintSize.height, { fit: 'fill' })),
    ]);
    return { kind: 'judged', picture, fingerprint: fingerprint(small), warnings: warningsFor(measured) };
  } catch (error) {
    // libvips has no codes; whatever it dislikes about the bytes is a plain Error. Other kinds are our own faults.
    if (!(error instanceof Error) || error.constructor !== Error) throw error;
    return refused('damaged');
  }
}

/** Turned as it was held, without EXIF, GPS, colour profile or anything else but pixels. */
function upright(file: Uint8Array): Promise<Buffer> {
  return sharp(file, { failOn: 'truncated', limitInputPixels: photoLimits.pixels, sequentialRead: true })
    .autoOrient()
    .resize(keptPixels, keptPixels, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: 'white' })
    .toColourspace('srgb')
    .jpeg({ quality: 92 })
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

const refused = (reason: PhotoRefusal): PhotoJudgement => ({ kind: 'refused', reason });

import type { PhotoId } from '../ids.js';
import type { DraftPhoto } from './photo.js';

/** One photo says little: of some hundred adults two were reckoned to be 16. */
const fewestYoung = 2;
const leastPart = 1 / 3;

/** The photos of a set that look like a child's, if so many do that somebody should look; else none. */
export function youngPhotos(photos: readonly DraftPhoto[]): PhotoId[] {
  const seen = photos.filter(({ looksYoung }) => looksYoung !== null);
  const young = seen.filter(({ looksYoung }) => looksYoung);
  const isEnough = young.length >= fewestYoung && young.length >= leastPart * seen.length;
  return isEnough ? young.map(({ id }) => id) : [];
}

import type { AvatarId, PhotoId, UserId } from '../ids.js';
import type { AvatarType } from './avatar-type.js';
import { type FacesSeen, faceRules, isFaceless, isOneSided } from './faces.js';

/** Numbers of the product: how many photos make an avatar and what each must be. */
export const photoLimits = {
  fewest: 10,
  most: 20,
  /** 20 MB, whatever the most is that a bot can download. */
  bytes: 20 * 2 ** 20,
  /** Shorter side in pixels, of what is kept. */
  shorterSide: 512,
  /** Longer side in pixels of what is kept: trainers shrink to about 1024 anyway, and crop the subject first. */
  keptSide: 2048,
  /** Of the JPEG that is kept, from 1 to 100. */
  keptQuality: 92,
  /** A trainer crops to a square: most of what is longer would be lost. */
  ratio: 3,
} as const;

/** What is wrong with the size of a photo, in pixels as it is shown; `null`: nothing. */
export function sizeRefusal({ width, height }: { width: number; height: number }): PhotoRefusal | null {
  const [shorter, longer] = [Math.min(width, height), Math.max(width, height)];
  if (longer > photoLimits.ratio * shorter) return 'too_long';
  const kept = shorter * Math.min(1, photoLimits.keptSide / longer);
  return kept < photoLimits.shorterSide ? 'too_small' : null;
}

/** Why a photo is not taken at all. */
export const photoRefusals = [
  'not_an_image',
  'heic_not_readable',
  'damaged',
  'file_too_large',
  'too_many_pixels',
  'too_costly',
  'too_small',
  'too_long',
  'duplicate',
  'set_full',
] as const;
export type PhotoRefusal = (typeof photoRefusals)[number];

/** What makes a photo doubtful: its owner decides. What says most comes first. */
export const photoWarnings = [
  'several_people',
  'somebody_else',
  'no_face',
  'small_face',
  // Nothing is sharp or rich in contrast in the dark: that it is dark comes first.
  'too_dark',
  'too_bright',
  'blurred',
  'flat',
  'near_duplicate',
] as const;
export type PhotoWarning = (typeof photoWarnings)[number];

/** A photo of a draft. `warned`: waits for its owner's word and is not trained on until then. */
export interface DraftPhoto extends FacesSeen {
  readonly id: PhotoId;
  readonly avatar: AvatarId;
  readonly owner: UserId;
  readonly status: 'kept' | 'warned';
  readonly warnings: readonly PhotoWarning[];
  /** A JPEG, turned upright, without any metadata. */
  readonly mediaKey: string;
  readonly thumbnailKey: string;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  /** Hex digest of the file as it was sent: finds exact duplicates. */
  readonly sourceSha256: string;
  /** The sending it came with, as the way in names it; `null` when that has no names. */
  readonly upload: string | null;
  /** 64 bits as 16 hex digits, alike for pictures that look alike. */
  readonly fingerprint: string;
  readonly createdAt: Date;
}

/** At most so many of the 64 bits differ between two shots of the same moment. */
const alikeBits = 6;

export const isAlike = (one: string, other: string): boolean => differingBits(one, other) <= alikeBits;

/** The photo that came before this one and looks much like it. */
export function twinOf(photo: DraftPhoto, photos: readonly DraftPhoto[]): DraftPhoto | null {
  const place = photos.findIndex(({ id }) => id === photo.id);
  const isTwin = (other: DraftPhoto, at: number) =>
    at < place && isAlike(other.fingerprint, photo.fingerprint);
  return photos.find(isTwin) ?? null;
}

/** The reason that says most of a doubtful photo. */
export const mainWarning = ({ warnings }: Pick<DraftPhoto, 'warnings'>): PhotoWarning | null =>
  photoWarnings.find((warning) => warnings.includes(warning)) ?? null;

function differingBits(one: string, other: string): number {
  let bits = BigInt(`0x${one}`) ^ BigInt(`0x${other}`);
  let count = 0;
  for (; bits !== 0n; bits &= bits - 1n) count += 1;
  return count;
}

/** What a set still lacks. */
type SetAdvice =
  | { readonly code: 'add_more'; readonly count: number }
  | { readonly code: 'decide_warned'; readonly count: number }
  /** For portraits: what makes a likeness. */
  | { readonly code: 'vary_angles'; readonly count: number }
  /** All of the faces look at the camera. */
  | { readonly code: 'turn_head'; readonly count: number }
  /** Not one face was found, so many photos were looked at. */
  | { readonly code: 'no_faces'; readonly count: number }
  | { readonly code: 'vary_scenes'; readonly count: number };

export interface PhotoSet {
  readonly kept: number;
  readonly warned: number;
  readonly isEnough: boolean;
  readonly advice: readonly SetAdvice[];
}

/** How far a set of photos is, and what would make it better. */
export function describeSet(photos: readonly DraftPhoto[], type: AvatarType): PhotoSet {
  const kept = photos.filter(({ status }) => status === 'kept');
  const warned = photos.length - kept.length;
  const missing = photoLimits.fewest - kept.length;
  const room = photoLimits.most - kept.length;
  const alike = kept.filter((photo, index) =>
    kept.some((other, at) => at < index && isAlike(photo.fingerprint, other.fingerprint)),
  ).length;
  const advice: SetAdvice[] = [];
  if (missing > 0) advice.push({ code: 'add_more', count: missing });
  if (warned > 0) advice.push({ code: 'decide_warned', count: warned });
  if (type === 'portrait') advice.push(...portraitAdvice(kept, room));
  if (alike * 3 >= kept.length && alike > 0) advice.push({ code: 'vary_scenes', count: alike });
  return { kept: kept.length, warned, isEnough: missing <= 0, advice };
}

/** What was seen says more than what is said to everybody. */
function portraitAdvice(kept: readonly FacesSeen[], room: number): SetAdvice[] {
  if (isFaceless(kept)) return [{ code: 'no_faces', count: kept.length }];
  if (isOneSided(kept)) return [{ code: 'turn_head', count: 3 }];
  const isTurned = kept.some(({ faceYaw }) => faceYaw !== null && Math.abs(faceYaw) > faceRules.frontal);
  return room >= 3 && kept.length >= 5 && !isTurned ? [{ code: 'vary_angles', count: 3 }] : [];
}

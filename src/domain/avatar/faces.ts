/** A rectangle in a picture, in its pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A face that was found in a picture. */
export interface Face {
  readonly box: Box;
  /** Degrees it is turned to a side; 0 looks at the camera. */
  readonly yaw: number;
  /** Years, as a model reckons them from how it looks: often wrong by ten and more. */
  readonly age: number | null;
  /**
   * What makes it look like nobody else, as numbers. Biometric data of a person: only ever held in memory, for as
   * long as pictures are compared.
   */
  readonly traits: Float32Array;
}

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

export const faceRules = {
  /** A face that is smaller than this part of the shorter side teaches a trainer little. */
  leastPart: 1 / 5,
  /** Degrees up to which a face counts as seen from the front. */
  frontal: 10,
  /** Degrees from which its traits cannot be compared well: half of it is not seen. */
  profile: 30,
} as const;

/**
 * How alike two faces are, 0-1, by the scale of the library that finds the traits. Measured: the same photo
 * changed (mirrored, darker, smaller, blurred) 0.82-1; one session 0.72 in the middle; one person over years 0.53;
 * different people 0.24, at most 0.59. Small faces say nothing: strangers reach 0.85.
 */
export function resemblance(one: Float32Array, other: Float32Array): number {
  if (one.length === 0 || one.length !== other.length) return 0;
  let squares = 0;
  for (let index = 0; index < one.length; index += 1)
    squares += ((one[index] ?? 0) - (other[index] ?? 0)) ** 2;
  const near = 1 - Math.sqrt(25 * squares) / 100;
  return Math.max(0, Math.min(1, (near - 0.2) / 0.6));
}

/** The one whose picture it is, as far as anybody can tell: the largest. */
export const mainFace = (faces: readonly Face[]): Face | undefined =>
  [...faces].sort((one, other) => area(other.box) - area(one.box))[0];

const area = ({ width, height }: Box): number => width * height;

export function isSmall({ box }: Face, { width, height }: PictureSize): boolean {
  return Math.min(box.width, box.height) < faceRules.leastPart * Math.min(width, height);
}

/** How much of a face is enough to compare it by. */
export const isComparable = ({ yaw }: Face): boolean => Math.abs(yaw) < faceRules.profile;

/**
 * A face that is reckoned younger than this looks young. The model knows a few ages only (16, 23, 29, 39 years are what it
 * says most), so this is below the second of them.
 */
const youngBelow = 20;

/** What is kept of a look at a photo: no biometric data. `null`: nobody has looked. */
export interface FacesSeen {
  readonly faceCount: number | null;
  /** Degrees that the only face is turned to a side. */
  readonly faceYaw: number | null;
  /** Whether a face in it looks like a child's. */
  readonly looksYoung: boolean | null;
}

export function facesSeen(faces: readonly Face[]): FacesSeen {
  const [only] = faces.length === 1 ? faces : [];
  const ages = faces.flatMap(({ age }) => (age === null ? [] : [age]));
  return {
    faceCount: faces.length,
    faceYaw: only === undefined ? null : Math.round(only.yaw),
    looksYoung: ages.length === 0 ? null : ages.some((age) => age < youngBelow),
  };
}

/** How many faces have to be seen from the front alone before a set is called one-sided. */
const enoughFaces = 5;

export function isOneSided(photos: readonly FacesSeen[]): boolean {
  const turned = photos.flatMap(({ faceYaw }) => (faceYaw === null ? [] : [Math.abs(faceYaw)]));
  return turned.length >= enoughFaces && turned.every((yaw) => yaw <= faceRules.frontal);
}

export const isFaceless = (photos: readonly FacesSeen[]): boolean =>
  photos.length >= enoughFaces && photos.every(({ faceCount }) => faceCount === 0);

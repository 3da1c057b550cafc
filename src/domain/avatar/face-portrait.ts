import type { Box, Face, PictureSize } from './faces.js';

/** Around a face, in its own width: hair and shoulders make a portrait, a face alone does not. */
const around = { beside: 0.8, above: 0.7, below: 1.3 } as const;

/**
 * The part of a picture that shows one of its faces: hair and shoulders with it, the other faces left out as far as
 * that goes without cutting into this one.
 */
export function portraitOf(face: Face, faces: readonly Face[], size: PictureSize): Box {
  const { left, top, width, height } = face.box;
  const others = faces
    .filter((other) => other !== face && sharesRows(other.box, face.box))
    .map(({ box }) => box);
  const toLeft = others.filter((box) => middle(box) < middle(face.box));
  const toRight = others.filter((box) => middle(box) >= middle(face.box));
  const from = Math.max(0, left - around.beside * width, ...toLeft.map((box) => box.left + box.width));
  const to = Math.min(size.width, left + (1 + around.beside) * width, ...toRight.map((box) => box.left));
  const up = Math.max(0, top - around.above * height);
  const down = Math.min(size.height, top + (1 + around.below) * height);
  // Where faces overlap, this one is whole.
  const start = Math.floor(Math.min(from, Math.max(0, left)));
  const end = Math.ceil(Math.max(to, Math.min(size.width, left + width)));
  return { left: start, top: Math.floor(up), width: end - start, height: Math.ceil(down) - Math.floor(up) };
}

const middle = ({ left, width }: Box): number => left + width / 2;

/** Somebody above or below stands in the way of nothing beside. */
const sharesRows = (one: Box, other: Box): boolean =>
  one.top < other.top + (1 + around.below) * other.height &&
  other.top < one.top + (1 + around.below) * one.height;

/** From left to right, as people are counted in a picture. */
export const inOrder = (faces: readonly Face[]): Face[] =>
  [...faces].sort((one, other) => one.box.left - other.box.left);

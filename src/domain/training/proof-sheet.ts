import type { AvatarType } from '../avatar/avatar-type.js';
import type { ProofCell } from './training.js';

/** LoRA scales worth comparing: a likeness may need more than the presets give, or break under it. */
const scales = [0.8, 1, 1.2] as const;

/** A face close and a figure in a scene; for a style, two motifs that have nothing in common. */
const prompts: Readonly<Record<AvatarType, readonly string[]>> = {
  portrait: [
    'close-up portrait photo, soft window light, looking at the camera',
    'full body photo, walking through an old town on a sunny day',
  ],
  artistic: ['a lighthouse on a cliff above the sea', 'a cup of tea on a wooden table by the window'],
};

/** One seed for all: what differs between two pictures of a row is the scale alone. */
export const proofSeed = 20_250_131;

/** The pictures of a proof sheet, row by row; a row is one prompt, a column one scale. */
export const proofCells = (type: AvatarType): readonly Omit<ProofCell, 'generation'>[] =>
  prompts[type].flatMap((prompt, row) =>
    scales.map((scale, column) => ({ number: row * scales.length + column + 1, scale, prompt })),
  );

export const proofColumns = scales.length;

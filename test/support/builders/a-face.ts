import type { Face } from '../../../src/domain/avatar/faces.js';

/** The same for one person, and far from those of anybody else. */
export const traitsOf = (person: number): Float32Array =>
  Float32Array.from({ length: 1024 }, (_, index) => (index % 8 === person % 8 ? 0.8271 : 0));

/** A square face that looks at the camera. */
export function aFace({
  person = 1,
  left = 300,
  top = 200,
  width = 300,
  yaw = 0,
  age = 35,
}: {
  person?: number;
  left?: number;
  top?: number;
  width?: number;
  yaw?: number;
  age?: number | null;
} = {}): Face {
  return { box: { left, top, width, height: width }, yaw, age, traits: traitsOf(person) };
}

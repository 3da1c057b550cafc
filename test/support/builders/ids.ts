import { userId } from '../../../src/domain/ids.js';

/** Who owns what a test does not give to somebody by name. */
export const someone = userId('1001');
export const somebodyElse = userId('2002');

/** When things happened that a test does not date. */
export const longAgo = new Date('2026-01-01T12:00:00Z');

let count = 0;

/** The number of things built so far in this test file: makes ids different and names readable. */
export function nextNumber(): number {
  count += 1;
  return count;
}

/** A UUID whose end counts up. */
export const nextUuid = (): string =>
  `10000000-0000-4000-8000-${nextNumber().toString(16).padStart(12, '0')}`;

/** After a day that a test takes for now. */
export const secondsLater = (seconds: number, time: Date = longAgo): Date =>
  new Date(time.getTime() + seconds * 1000);

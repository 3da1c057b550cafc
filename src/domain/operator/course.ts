/** The last days in equal pieces: today by the hour, more days by the day. */
export interface Pieces {
  readonly unit: 'hour' | 'day';
  readonly count: number;
  readonly milliseconds: number;
}

const hour = 3_600_000;

export const piecesOf = (days: number): Pieces =>
  days === 1
    ? { unit: 'hour', count: 24, milliseconds: hour }
    : { unit: 'day', count: days, milliseconds: 24 * hour };

/** What came of each piece of a span, from its first on. */
export interface Course extends Pieces {
  readonly from: Date;
  /** Picture jobs that were asked for then and have brought their result. */
  readonly pictures: readonly number[];
  /** Of all payments made then. */
  readonly stars: readonly number[];
}

/** What stands below a piece: its hour, or the day of its month, both in UTC. */
export function labelOf({ from, unit, milliseconds }: Course, piece: number): number {
  const begins = new Date(from.getTime() + piece * milliseconds);
  return unit === 'hour' ? begins.getUTCHours() : begins.getUTCDate();
}

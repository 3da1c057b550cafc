import type { World } from '../world.js';

/** A part of the run that begins with something, and ends with the next. */
export interface Phase {
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly from: number;
}

/** What became of the requests that were accepted in one part, in milliseconds. */
export interface PhaseFigures {
  readonly phase: string;
  readonly seconds: number;
  readonly accepted: number;
  /** Pictures brought in this part, a second. */
  readonly deliveredPerSecond: number;
  /** From accepted to delivered. */
  readonly p50: number;
  readonly p95: number;
  readonly longest: number;
}

/** @param end when the last request had been made */
export async function figuresOf(
  { pool }: World,
  phases: readonly Phase[],
  end: number,
): Promise<PhaseFigures[]> {
  const { rows } = await pool.query<{ created: Date; delivered: Date }>(
    `select created_at as created, delivered_at as delivered from generations where status = 'delivered'`,
  );
  const jobs = rows.map(({ created, delivered }) => ({
    at: created.getTime(),
    delivered: delivered.getTime(),
  }));
  const ends = phases.map((_, index) => phases[index + 1]?.from ?? end);
  return phases.flatMap(({ name, from }, index) => {
    const to = ends[index] ?? end;
    // The last thing may happen after the last request.
    if (to - from < 1000) return [];
    const within = (time: number) => time >= from && time < to;
    const waits = jobs
      .filter(({ at }) => within(at))
      .map(({ at, delivered }) => delivered - at)
      .sort((one, other) => one - other);
    const share = (part: number) => waits[Math.min(waits.length - 1, Math.floor(waits.length * part))] ?? 0;
    const seconds = (to - from) / 1000;
    return {
      phase: name,
      seconds: Math.round(seconds),
      accepted: waits.length,
      deliveredPerSecond:
        Math.round((10 * jobs.filter(({ delivered }) => within(delivered)).length) / seconds) / 10,
      ...{ p50: share(0.5), p95: share(0.95), longest: share(1) },
    };
  });
}

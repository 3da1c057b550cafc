import { type PresetName, presets } from '../../domain/generation/preset.js';
import type { DurationEstimate } from '../ports/stores/jobs/duration-store.js';
import type { ReadStores } from '../ports/stores/way-in-database.js';

/** Where nothing was measured and the table is silent: jobs between the quick and the slow presets. */
export const unknownDuration: DurationEstimate = { typical: 35, slow: 60 };

/** What a job of this preset takes: as measured here, or by the table until enough was measured. Seconds. */
export async function estimateDuration(
  stores: Pick<ReadStores, 'durations'>,
  preset: PresetName | null,
): Promise<DurationEstimate> {
  if (preset === null) return unknownDuration;
  return (await stores.durations.measured(preset)) ?? expectedDuration(preset);
}

/** The same by the table alone. */
export function expectedDuration(preset: PresetName): DurationEstimate {
  const expected = presets[preset].expectedSeconds;
  return expected === null ? unknownDuration : { typical: expected.from, slow: expected.to };
}

/**
 * How far a job is after so many seconds, 0-1: four fifths at the typical time, nearly all at the slow one, and never
 * done before it is.
 */
export function shareDone(elapsed: number, { typical, slow }: DurationEstimate): number {
  if (elapsed <= typical) return (0.8 * elapsed) / Math.max(1, typical);
  return Math.min(0.95, 0.8 + (0.15 * (elapsed - typical)) / Math.max(1, slow - typical));
}

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
  const measured = await stores.durations.measured(preset);
  if (measured !== null) return measured;
  const expected = presets[preset].expectedSeconds;
  return expected === null ? unknownDuration : { typical: expected.from, slow: expected.to };
}

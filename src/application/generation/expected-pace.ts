import { type PresetName, presets } from '../../domain/generation/preset.js';
import type { Pace } from '../ports/stores/jobs/pace-store.js';
import type { Stores } from '../ports/stores/stores.js';

/** Where nothing was measured and the table is silent: jobs between the quick and the slow presets. */
export const unknownPace: Pace = { typical: 35, slow: 60 };

/** What a job of this preset takes: as measured here, or by the table until enough was measured. Seconds. */
export async function expectedPace(stores: Stores, preset: PresetName | null): Promise<Pace> {
  if (preset === null) return unknownPace;
  const measured = await stores.paces.measured(preset);
  if (measured !== null) return measured;
  const expected = presets[preset].expectedSeconds;
  return expected === null ? unknownPace : { typical: expected.from, slow: expected.to };
}

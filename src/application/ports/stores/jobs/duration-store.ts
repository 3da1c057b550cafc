import type { PresetName } from '../../../../domain/generation/preset.js';
import type { GenerationId } from '../../../../domain/ids.js';

/** How long jobs take from submit to result, in seconds. */
export interface DurationEstimate {
  /** Half of them are done by then. */
  readonly typical: number;
  /** Nine of ten are. */
  readonly slow: number;
}

/** What is known of waiting, from what was waited. */
export interface DurationStore {
  /** Measured on the newest hundred jobs of the preset; `null` when there were fewer than five. */
  measured(preset: PresetName): Promise<DurationEstimate | null>;
  /** How many accepted jobs are before this one in the fair queue. */
  ahead(generation: GenerationId): Promise<number>;
}

import type { GenerationStatus } from '../generation/generation.js';
import type { TrainingStatus } from '../training/training.js';

/** What one person has ordered, and what they cost lately. */
export interface PersonWork {
  /** Orders by state; none that nothing is in. */
  readonly pictures: Readonly<Partial<Record<GenerationStatus, number>>>;
  readonly trainings: Readonly<Partial<Record<TrainingStatus, number>>>;
  readonly avatars: number;
  /** Credits that went into jobs, with what is set aside for them, less what came back. */
  readonly spent: number;
  /** What of their jobs fal took, as estimated: millionths of a dollar. */
  readonly cost: number;
}

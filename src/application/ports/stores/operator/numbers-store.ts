import type { Course, Pieces } from '../../../../domain/operator/course.js';
import type {
  Counted,
  Money,
  PeopleCounts,
  PictureJobs,
  Spender,
  TrainingJobs,
} from '../../../../domain/operator/numbers.js';

/** Counts the rows of what happened since a moment. Each question is one statement that an index serves. */
export interface NumbersStore {
  people(since: Date): Promise<PeopleCounts>;
  /** By preset and state; none that nothing is in. */
  pictures(since: Date): Promise<PictureJobs[]>;
  /** By state; none that nothing is in. */
  trainings(since: Date): Promise<TrainingJobs[]>;
  waits(since: Date): Promise<Counted['waits']>;
  money(since: Date): Promise<Money>;
  /** Piece by piece: a picture belongs to the one that it was asked for in, a payment to the one that it was made in. */
  course(since: Date, pieces: Pieces): Promise<Pick<Course, 'pictures' | 'stars'>>;
  /** Those who cost most first; of those who cost the same, who brought more. */
  spenders(since: Date, limit: number): Promise<Spender[]>;
}

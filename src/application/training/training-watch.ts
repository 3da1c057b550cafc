import type { TrainingIn } from '../../domain/training/training.js';
import type { TrainingPending } from '../../domain/training/training-outcome.js';
import type { AvatarTrainer } from '../ports/avatar-trainer.js';
import type { Logger } from '../ports/logger.js';
import type { Database } from '../ports/stores/stores.js';
import type { TellTrainingProgress } from './tell-training-progress.js';

/** Events of trainings in this process's hands: a faster way to know than polling, never the only one. */
export interface TrainingWatch {
  follow(training: TrainingIn<'training'>): void;
  /** Lets go of everything; resolves when nothing is being watched any more. */
  stop(): Promise<void>;
}

/** Follows the trainer's log for its steps, and nudges the collection the moment it is over. */
export class StreamTrainingWatch implements TrainingWatch {
  private readonly watched = new Map<string, Promise<void>>();
  /** One for each stream: hundreds of listeners on one signal would look like a leak. */
  private readonly endings = new Set<AbortController>();
  private isStopped = false;

  constructor(
    private readonly database: Database,
    private readonly trainer: AvatarTrainer,
    private readonly tellProgress: TellTrainingProgress,
    private readonly log: Logger,
  ) {}

  follow(training: TrainingIn<'training'>): void {
    if (this.watched.has(training.id) || this.isStopped) return;
    const watching = this.watch(training)
      .catch((error: unknown) => this.log.warn('lost sight of a training', { training: training.id, error }))
      .finally(() => this.watched.delete(training.id));
    this.watched.set(training.id, watching);
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    for (const ending of this.endings) ending.abort();
    await Promise.all(this.watched.values());
  }

  private async watch(training: TrainingIn<'training'>): Promise<void> {
    let last: TrainingPending | null = null;
    const ending = new AbortController();
    this.endings.add(ending);
    try {
      for await (const pending of this.trainer.watch(training.ticket, ending.signal)) {
        if (last?.phase === pending.phase && last.position === pending.position && last.step === pending.step)
          continue;
        last = pending;
        await this.tellProgress.execute(training, pending);
      }
    } finally {
      this.endings.delete(ending);
    }
    if (!this.isStopped)
      await this.database.stores.jobs.add({ task: 'collect-training', training: training.id });
  }
}

import { secondsAfter } from '../../domain/time.js';
import type { TrainingIn } from '../../domain/training/training.js';
import { trainingBegun } from '../../domain/training/training-transitions.js';
import { retryWrite, type Sleep } from '../jobs/hand-over.js';
import type { Policy } from '../policy/policy.js';
import { trainingPollSeconds } from '../policy/training-policy.js';
import type { Clock } from '../ports/clock.js';
import type { Logger } from '../ports/logger.js';
import { StaleWrite } from '../ports/stores/jobs/leases.js';
import type { Database } from '../ports/stores/stores.js';
import type { TrainingWatch } from './training-watch.js';

/** Writes the tickets of trainings down that fal took: each is money spent. */
export class TrainingTickets {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly policy: Policy,
    private readonly watch: Pick<TrainingWatch, 'follow'>,
    private readonly log: Logger,
    private readonly sleep: Sleep,
  ) {}

  /**
   * The database is waited for: a training whose ticket is lost is paid for, and nobody collects it.
   * @throws StaleWrite when the training was given up meanwhile; then it is called off at fal
   */
  keep(state: TrainingIn<'submitting'>, ticket: string): Promise<void> {
    return retryWrite(
      () => this.write(state, ticket),
      this.sleep,
      (error) => this.log.warn('bought, and not yet written down', { training: state.id, error }),
    );
  }

  /** It is written even when the lease was lost, as long as the row waits for one. */
  private async write(state: TrainingIn<'submitting'>, ticket: string): Promise<void> {
    const now = this.clock.now();
    const { next } = trainingBegun(state, ticket, now);
    try {
      await this.database.stores.trainings.save(
        next,
        { status: 'submitting', submits: state.submits },
        { checkAfter: secondsAfter(now, trainingPollSeconds(this.policy)) },
      );
    } catch (error) {
      if (!(error instanceof StaleWrite)) throw error;
      const row = await this.database.stores.trainings.find(state.id);
      // The event came before the answer, and was enough.
      if (row !== null && 'ticket' in row && row.ticket === ticket) return;
      this.log.info('the training was given up while it was being submitted', { training: state.id });
      await this.database.stores.jobs.add({ task: 'cancel-training-at-provider', ticket });
      throw error;
    }
    this.log.info('training submitted', { training: state.id, ticket });
    if (next.status === 'training') this.watch.follow(next);
  }
}

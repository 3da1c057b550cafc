import type { Failure } from '../../domain/failure.js';
import type { Generation, Transition } from '../../domain/generation/generation.js';
import { announced, failed, undeliverable } from '../../domain/generation/generation-transitions.js';
import { secondsAfter } from '../../domain/time.js';
import type { Training, TrainingTransition } from '../../domain/training/training.js';
import { trainingAnnounced, trainingFailed, unshown } from '../../domain/training/training-transitions.js';
import { applyEffects } from '../generation/apply-effects.js';
import { leaseFor } from '../jobs/lease.js';
import { maximumTries, openAtMostSeconds } from '../policy/policy.js';
import type { Needs } from '../ports/needs.js';
import { StaleWrite } from '../ports/stores/jobs/leases.js';
import { applyTrainingEffects } from '../training/apply-training-effects.js';

const rowsAtOnce = 20;
/** Those in line are looked at this often; what passes while nobody looks is not counted. */
const lineSeconds = 15;

type Parts = Needs<
  'avatars' | 'generations' | 'jobs' | 'ledger' | 'trainings',
  'clock' | 'worker' | 'metrics' | 'log'
>;

/**
 * Ends what cannot be ended otherwise: jobs whose steps fail again and again, and those that are open for a day. What
 * is held is released, the person is told, the operator is alerted and may have it tried again.
 */
export class LastResort {
  private lineSeenAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly parts: Parts) {}

  async execute(): Promise<void> {
    const { generations, trainings } = this.parts.database.stores;
    await this.lookAtLine();
    for (const { row, error } of await generations.hopeless(rowsAtOnce))
      await this.give(row, { kind: 'gave_up', detail: `tried ${maximumTries} times: ${error ?? 'no end'}` });
    for (const row of await generations.openFor(openAtMostSeconds, rowsAtOnce))
      await this.give(row, { kind: 'timeout', detail: 'open for a day' });
    for (const { row, error } of await trainings.hopeless(rowsAtOnce))
      await this.giveTraining(row, {
        kind: 'gave_up',
        detail: `tried ${maximumTries} times: ${error ?? 'no end'}`,
      });
    for (const row of await trainings.openFor(openAtMostSeconds, rowsAtOnce))
      await this.giveTraining(row, { kind: 'timeout', detail: 'open for a day' });
  }

  private async lookAtLine(): Promise<void> {
    if (this.parts.clock.ticks() < this.lineSeenAt + lineSeconds) return;
    this.lineSeenAt = this.parts.clock.ticks();
    await this.parts.database.stores.generations.lookAtLine(
      leaseFor(this.parts.clock, this.parts.worker, 0),
      this.parts.clock.now(),
    );
  }

  private async give(state: Generation, failure: Failure): Promise<void> {
    const now = this.parts.clock.now();
    const { submits, status } = state;
    await this.endOrMark(
      'generation',
      state,
      failure,
      async () => {
        const transition = endOf(state, failure, now);
        await this.parts.database.transaction(async (stores) => {
          await stores.generations.save(
            transition.next,
            { status, submits },
            { checkAfter: secondsAfter(now, 10), dead: now },
          );
          await applyEffects(stores, state, transition, now);
        });
        if (transition.next.status === 'failed') this.parts.metrics.failed(transition.next.failure.kind);
      },
      () => this.parts.database.stores.generations.markDead(state.id, now),
    );
  }

  private async giveTraining(state: Training, failure: Failure): Promise<void> {
    const now = this.parts.clock.now();
    const { submits, status } = state;
    await this.endOrMark(
      'training',
      state,
      failure,
      async () => {
        const transition = endOfTraining(state, failure, now);
        await this.parts.database.transaction(async (stores) => {
          await stores.trainings.save(
            transition.next,
            { status, submits },
            { checkAfter: secondsAfter(now, 10), dead: now },
          );
          await applyTrainingEffects(stores, state, transition, now);
        });
        if (transition.next.status === 'failed') this.parts.metrics.failed(failure.kind);
      },
      () => this.parts.database.stores.trainings.markDead(state.id, now),
    );
  }

  /** One that cannot even be ended keeps nobody from the others: it is marked, and the operator has to look. */
  private async endOrMark(
    what: 'generation' | 'training',
    { id, status }: { readonly id: string; readonly status: string },
    { detail }: Failure,
    end: () => Promise<void>,
    mark: () => Promise<void>,
  ): Promise<void> {
    try {
      await end();
    } catch (error) {
      if (error instanceof StaleWrite) return;
      this.parts.log.error('a job could not be given up; what it holds is still held', { [what]: id, error });
      await mark();
    }
    this.parts.metrics.gaveUp(what);
    // The words stay in the row: they may repeat what the person wrote.
    this.parts.log.error('a job was given up', { [what]: id, was: status });
    this.parts.log.debug('why a job was given up', { [what]: id, detail });
  }
}

function endOf(state: Generation, failure: Failure, now: Date): Transition {
  switch (state.status) {
    case 'collected': {
      const { next, effects } = undeliverable(state, failure.detail, now);
      // Pictures cannot be handed over; a word perhaps can.
      return next.status === 'failed'
        ? { next: { ...next, announcedAt: null }, effects: [...effects, 'deliver'] }
        : { next, effects };
    }
    case 'blocked':
    case 'failed':
    case 'cancelled':
      return announced(state, now);
    default:
      return failed(state, failure, now);
  }
}

function endOfTraining(state: Training, failure: Failure, now: Date): TrainingTransition {
  switch (state.status) {
    case 'ready':
      return { next: unshown(trainingAnnounced(state, now), now), effects: [] };
    case 'failed':
    case 'cancelled':
      return { next: trainingAnnounced(state, now), effects: [] };
    default:
      return trainingFailed(state, failure, now);
  }
}

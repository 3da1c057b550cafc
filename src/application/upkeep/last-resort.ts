import type { Failure } from '../../domain/failure.js';
import type { Generation, Transition } from '../../domain/generation/generation.js';
import { announced, failed, undeliverable } from '../../domain/generation/generation-transitions.js';
import type { TransitionOf } from '../../domain/job.js';
import type { Training, TrainingTransition } from '../../domain/training/training.js';
import { trainingAnnounced, trainingFailed, unshown } from '../../domain/training/training-transitions.js';
import { generationKind } from '../generation/generation-kind.js';
import { type JobKind, type JobRow, writeTransition } from '../jobs/job-kind.js';
import { leaseFor } from '../jobs/lease.js';
import { maximumTries, openAtMostSeconds } from '../policy/policy.js';
import type { Needs } from '../ports/needs.js';
import { StaleWrite } from '../ports/stores/jobs/leases.js';
import { trainingKind } from '../training/training-kind.js';

const rowsAtOnce = 20;
/** Those in the fair queue are looked at this often; what passes while nobody looks is not counted. */
const queueSeconds = 15;

type Touched = 'avatars' | 'generations' | 'jobs' | 'ledger' | 'trainings';

type Parts = Needs<Touched, 'clock' | 'worker' | 'metrics' | 'log'>;

/**
 * Ends what cannot be ended otherwise: jobs whose steps fail again and again, and those that are open for a day. What
 * is held is released, the person is told, the operator is alerted and may have it tried again.
 */
export class LastResort {
  private queueSeenAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly parts: Parts) {}

  async execute(): Promise<void> {
    await this.lookAtQueue();
    await this.endAll(generationKind, endOfGeneration);
    await this.endAll(trainingKind, endOfTraining);
  }

  private async lookAtQueue(): Promise<void> {
    const { database, clock, worker } = this.parts;
    if (clock.ticks() < this.queueSeenAt + queueSeconds) return;
    this.queueSeenAt = clock.ticks();
    await database.stores.generations.lookAtQueue(leaseFor(clock, worker, 0), clock.now());
  }

  private async endAll<Row extends JobRow, Effect>(
    kind: JobKind<Row, Effect, Touched>,
    endOf: EndOf<Row, Effect>,
  ): Promise<void> {
    const rows = kind.rows(this.parts.database.stores);
    for (const { row, error } of await rows.hopeless(rowsAtOnce))
      await this.end(kind, row, endOf, {
        kind: 'gave_up',
        detail: `tried ${maximumTries} times: ${error ?? 'no end'}`,
      });
    for (const row of await rows.openFor(openAtMostSeconds, rowsAtOnce))
      await this.end(kind, row, endOf, { kind: 'timeout', detail: 'open for a day' });
  }

  /** One that cannot even be ended keeps nobody from the others: it is marked, and the operator has to look. */
  private async end<Row extends JobRow, Effect>(
    kind: JobKind<Row, Effect, Touched>,
    row: Row,
    endOf: EndOf<Row, Effect>,
    failure: Failure,
  ): Promise<void> {
    const { database, clock, metrics, log } = this.parts;
    const now = clock.now();
    const named = { [kind.name]: row.id };
    try {
      const transition = endOf(row, failure, now);
      await database.transaction((stores) =>
        writeTransition(kind, stores, row, transition, { now, submits: row.submits, dead: now }),
      );
      if (transition.next.failure !== undefined) metrics.failed(transition.next.failure.kind);
    } catch (error) {
      if (error instanceof StaleWrite) return;
      log.error('a job could not be given up; what it holds is still held', { ...named, error });
      await kind.rows(database.stores).markDead(row.id, now);
    }
    metrics.gaveUp(kind.name);
    // The words stay in the row: they may repeat what the person wrote.
    log.error('a job was given up', { ...named, was: row.status });
    log.debug('why a job was given up', { ...named, detail: failure.detail });
  }
}

type EndOf<Row, Effect> = (row: Row, failure: Failure, now: Date) => TransitionOf<Row, Effect>;

/** It comes to nothing: what is held or was charged goes back, and the person is told. */
export function endOfGeneration(state: Generation, failure: Failure, now: Date): Transition {
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

/** The same of a training. */
export function endOfTraining(state: Training, failure: Failure, now: Date): TrainingTransition {
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

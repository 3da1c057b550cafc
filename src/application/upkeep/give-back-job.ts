import { DomainError } from '../../domain/errors.js';
import type { Failure } from '../../domain/failure.js';
import {
  chargedFor,
  type Generation,
  heldFor,
  isOpenGeneration,
} from '../../domain/generation/generation.js';
import type { TransitionOf } from '../../domain/job.js';
import type { JobNamed, Operator } from '../../domain/operator/act.js';
import { isOpenTraining, type Training } from '../../domain/training/training.js';
import { generationKind } from '../generation/generation-kind.js';
import { type JobKind, type JobRow, writeTransition } from '../jobs/job-kind.js';
import type { Needs } from '../ports/needs.js';
import type { Stores } from '../ports/stores/stores.js';
import { trainingKind } from '../training/training-kind.js';
import { endOfGeneration, endOfTraining } from './last-resort.js';

export type GiveBackStores =
  | 'avatars'
  | 'generations'
  | 'jobRecords'
  | 'jobs'
  | 'ledger'
  | 'operatorActs'
  | 'trainings';
type Touched = GiveBackStores;

/** Credits that are held for it, or were charged for what nobody got: nothing once they are back. */
export const owedFor = (job: Generation | Training): number => {
  if (!('run' in job)) return isOpenTraining(job) ? job.price : 0;
  if (isOpenGeneration(job)) return heldFor(job);
  return job.status === 'collected' ? chargedFor(job) : 0;
};

/**
 * The operator takes a job that was given up off their list. Its credits are back already, except where it could not even
 * be ended: then it is ended now, they go back, and its person is told.
 */
export class GiveBackJob {
  constructor(private readonly parts: Needs<Touched, 'clock'>) {}

  /** Returns the credits that went back. */
  execute(job: JobNamed, by: { readonly admin: Operator }): Promise<number> {
    return this.parts.database.transaction((stores) => this.within(stores, job, by));
  }

  /**
   * The same as a part of something larger.
   * @throws DomainError `not_found` for one that is not given up, or was tried again since
   */
  async within(
    stores: Pick<Stores, Touched>,
    job: JobNamed,
    { admin }: { readonly admin: Operator },
  ): Promise<number> {
    const { owner, credits } =
      job.kind === 'generation'
        ? await this.end(stores, generationKind, job.id, endOfGeneration)
        : await this.end(stores, trainingKind, job.id, endOfTraining);
    await stores.operatorActs.write({
      ...{ at: this.parts.clock.now(), admin, act: 'job-give-back', subject: owner, why: null },
      details: { job, credits },
    });
    return credits;
  }

  private async end<Row extends JobRow & (Generation | Training), Effect>(
    stores: Pick<Stores, Touched>,
    kind: JobKind<Row, Effect, Exclude<Touched, 'jobRecords' | 'operatorActs'>>,
    id: Row['id'],
    endOf: (row: Row, failure: Failure, now: Date) => TransitionOf<Row, Effect>,
  ): Promise<{ owner: Row['owner']; credits: number }> {
    const row = await kind.rows(stores).lock(id);
    if (row === null || !(await isGivenUp(stores, row)))
      throw new DomainError({ code: 'not_found', what: `${kind.name} that was given up` });
    const now = this.parts.clock.now();
    const credits = owedFor(row);
    const failure: Failure = { kind: 'gave_up', detail: 'an operator gave it back' };
    // What came to its end stays as it is: a person who was told once is not told again.
    if (credits > 0)
      await writeTransition(kind, stores, row, endOf(row, failure, now), { now, submits: row.submits });
    else await kind.rows(stores).markDead(id, null);
    return { owner: row.owner, credits };
  }
}

async function isGivenUp(
  { jobRecords }: Pick<Stores, 'jobRecords'>,
  job: Generation | Training,
): Promise<boolean> {
  const record = 'run' in job ? await jobRecords.ofGeneration(job.id) : await jobRecords.ofTraining(job.id);
  return record?.deadAt != null;
}

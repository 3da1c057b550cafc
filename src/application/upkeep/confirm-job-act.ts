import { DomainError } from '../../domain/errors.js';
import type { UserId } from '../../domain/ids.js';
import { type IntendedJobAct, isJobAct } from '../../domain/operator/intent.js';
import type { ReplayGeneration } from '../generation/replay-generation.js';
import { redeemIntent } from '../operator/redeem-intent.js';
import type { Needs } from '../ports/needs.js';
import type { RequestTrainingStores } from '../training/request-training.js';
import type { RetryTraining } from '../training/retry-training.js';
import type { GiveBackJob, GiveBackStores } from './give-back-job.js';

type Parts = Needs<GiveBackStores | RequestTrainingStores | 'operatorIntents', 'clock'> & {
  readonly replayGeneration: ReplayGeneration;
  readonly retryTraining: RetryTraining;
  readonly giveBackJob: GiveBackJob;
};

/** Does with a job what an operator was shown with its numbers, and confirms. All of it is done, or nothing. */
export class ConfirmJobAct {
  constructor(private readonly parts: Parts) {}

  /** @throws DomainError `intent_over`, and what trying again or giving back refuses */
  async execute(intent: string, by: { readonly admin: UserId }): Promise<IntendedJobAct> {
    const { database, clock, replayGeneration, retryTraining, giveBackJob } = this.parts;
    return database.transaction(async (stores) => {
      const act = await redeemIntent(stores, { id: intent, ...by }, clock.now());
      // What is done for a person has a button of its own.
      if (!isJobAct(act)) throw new DomainError({ code: 'intent_over' });
      const { job, credits } = act;
      if (act.act === 'job-give-back') await giveBackJob.within(stores, job, by);
      else if (job.kind === 'generation') await replayGeneration.within(stores, job.id, by);
      else await retryTraining.within(stores, job.id, { ...by, agreed: credits });
      return act;
    });
  }
}

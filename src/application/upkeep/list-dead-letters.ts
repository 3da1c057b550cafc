import type { FailureKind } from '../../domain/failure.js';
import { type Generation, heldFor } from '../../domain/generation/generation.js';
import type { UserId } from '../../domain/ids.js';
import type { JobNamed } from '../../domain/operator/act.js';
import type { Training } from '../../domain/training/training.js';
import type { Needs } from '../ports/needs.js';
import type { Hopeless } from '../ports/stores/jobs/leased-store.js';
import type { RequestTraining } from '../training/request-training.js';
import { owedFor } from './give-back-job.js';

/** A job that was given up after too many tries. */
export interface DeadLetter {
  readonly job: JobNamed;
  readonly owner: UserId;
  readonly createdAt: Date;
  /** How it ended; `null`: it could not even be ended. */
  readonly failure: FailureKind | null;
  /** What the last try ended in; may repeat what a person wrote. */
  readonly why: string;
  /** Credits that are not back yet. */
  readonly owed: number;
}

/** One of them, with what there is to decide. */
export interface DeadLetterCard extends DeadLetter {
  /** Credits that its owner can spend. */
  readonly balance: number;
  /** Credits that another try holds; `null`: there is nothing to try again. */
  readonly again: number | null;
}

const mostListed = 100;

type Parts = Needs<'generations' | 'ledger' | 'trainings'> & { readonly requestTraining: RequestTraining };

/** What was given up, latest first, and each of it with the numbers that an operator decides by. */
export class ListDeadLetters {
  constructor(private readonly parts: Parts) {}

  async execute(kind: JobNamed['kind']): Promise<DeadLetter[]> {
    const { generations, trainings } = this.parts.database.stores;
    if (kind === 'generation') return (await generations.dead(mostListed)).map((dead) => letterOf(dead));
    return (await trainings.dead(mostListed)).map((dead) => letterOf(dead));
  }

  /** `null`: it is not on the list any more. */
  async find(job: JobNamed): Promise<DeadLetterCard | null> {
    const { generations, trainings, ledger } = this.parts.database.stores;
    const dead: Hopeless<Generation | Training> | null =
      job.kind === 'generation' ? await generations.findDead(job.id) : await trainings.findDead(job.id);
    if (dead === null) return null;
    const { balance } = await ledger.account(dead.row.owner);
    return { ...letterOf(dead), balance, again: await this.priceAgain(dead.row) };
  }

  private async priceAgain(job: Generation | Training): Promise<number | null> {
    if (job.status !== 'failed' && job.status !== 'blocked') return null;
    if ('run' in job) return heldFor(job);
    const { choices } = await this.parts.requestTraining.quote({ avatar: job.avatar }, { owner: job.owner });
    return choices.find(({ speed }) => speed === job.speed)?.price ?? null;
  }
}

const letterOf = ({ row, error }: Hopeless<Generation | Training>): DeadLetter => ({
  job: 'run' in row ? { kind: 'generation', id: row.id } : { kind: 'training', id: row.id },
  owner: row.owner,
  createdAt: row.createdAt,
  failure: row.status === 'failed' ? row.failure.kind : null,
  why: row.status === 'failed' ? row.failure.detail : (error ?? ''),
  owed: owedFor(row),
});

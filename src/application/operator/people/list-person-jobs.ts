import type { UserId } from '../../../domain/ids.js';
import type { JobNamed } from '../../../domain/operator/act.js';
import { statusWord } from '../../../domain/training/training.js';
import type { Needs } from '../../ports/needs.js';

/** One thing that somebody ordered, without its words. */
export interface PersonJob {
  readonly job: JobNamed;
  readonly at: Date;
  readonly state: string;
  readonly price: number;
}

/** What somebody ordered lately, pictures and trainings, the latest first. */
export class ListPersonJobs {
  constructor(private readonly parts: Needs<'generations' | 'trainings'>) {}

  async execute(owner: UserId, limit: number): Promise<PersonJob[]> {
    const { generations, trainings } = this.parts.database.stores;
    const [pictures, others] = await Promise.all([
      generations.list({ owner, limit }),
      trainings.ofOwner(owner),
    ]);
    return [
      ...pictures.map(({ id, createdAt: at, status: state, price }) => ({
        ...{ job: { kind: 'generation', id } as const, at, state, price },
      })),
      ...others.map(({ id, createdAt: at, status, price }) => ({
        ...{ job: { kind: 'training', id } as const, at, state: statusWord(status), price },
      })),
    ]
      .sort((one, other) => other.at.getTime() - one.at.getTime())
      .filter((_, index) => index < limit);
  }
}

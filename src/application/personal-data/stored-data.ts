import { DomainError } from '../../domain/errors.js';
import type { UserId } from '../../domain/ids.js';
import type { TrainingPolicy } from '../policy/training-policy.js';
import type { Needs } from '../ports/needs.js';
import type { StoredCounts } from '../ports/stores/personal-data.js';

/** Whoever acts, and whom it concerns: a person decides about their own data only. */
export interface Concern {
  /** As the way in has made sure of, never as a button says. */
  readonly actor: UserId;
  /** As the request says. */
  readonly subject: UserId;
}

/** @throws DomainError `not_found`: somebody else's data might as well not be there. */
export function ownData({ actor, subject }: Concern): UserId {
  if (actor !== subject) throw new DomainError({ code: 'not_found', what: 'user' });
  return actor;
}

export interface StoredData {
  readonly counts: StoredCounts;
  /** Days after a training for which its photos stay here. */
  readonly photoDays: number;
  /** Days for which the weights that a retrain replaced stay here. */
  readonly replacedWeightsDays: number;
  /** Days after which an avatar in the making that nobody works on goes, with its photos. */
  readonly draftDays: number;
  /** How long what was sent to fal lies there at most. */
  readonly atFal: {
    readonly photosHours: number;
    readonly weightsDays: number;
    readonly imagesDays: number;
    readonly wordsDays: number;
  };
}

type Parts = Needs<'personal'> & {
  readonly policy: TrainingPolicy;
};

/** What is stored of a person and for how long. */
export class DescribeStoredData {
  constructor(private readonly parts: Parts) {}

  async execute(concern: Concern): Promise<StoredData> {
    const owner = ownData(concern);
    return {
      counts: await this.parts.database.stores.personal.count(owner),
      photoDays: this.parts.policy.photoDays,
      replacedWeightsDays: this.parts.policy.replacedWeightsDays,
      draftDays: this.parts.policy.draftDays,
      atFal: { photosHours: 6, weightsDays: 30, imagesDays: 1, wordsDays: 30 },
    };
  }
}

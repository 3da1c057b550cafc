import { DomainError } from '../../domain/errors.js';
import type { UserId } from '../../domain/ids.js';
import { checkedInput } from '../input/input-validation.js';
import type { Asker } from '../input/request-context.js';
import { IsUserId } from '../input/user-id.js';
import type { TrainingPolicy } from '../policy/training-policy.js';
import type { Needs } from '../ports/needs.js';
import type { StoredCounts } from '../ports/stores/personal-data.js';

/** Whose data: of those that ask, as a button or a body says it. */
export class PersonNamed {
  @IsUserId() user!: string;
}

/** A person decides about their own data only. @throws DomainError `not_found` for somebody else's */
export function ownData(whose: PersonNamed, { owner }: Asker): UserId {
  const { user } = checkedInput(PersonNamed, whose);
  if (user !== owner) throw new DomainError({ code: 'not_found', what: 'user' });
  return owner;
}

/** What is stored here, and for how long. */
export interface StoredData extends Pick<TrainingPolicy, 'photoDays' | 'replacedWeightsDays' | 'draftDays'> {
  readonly counts: StoredCounts;
  /** How long what was sent to fal lies there at most. */
  readonly atFal: {
    readonly photosHours: number;
    readonly weightsDays: number;
    readonly imagesDays: number;
    readonly wordsDays: number;
  };
}

type Parts = Needs<'personal'> & { readonly policy: TrainingPolicy };

/** What is stored of a person and for how long. */
export class DescribeStoredData {
  constructor(private readonly parts: Parts) {}

  async execute(whose: PersonNamed, asker: Asker): Promise<StoredData> {
    const owner = ownData(whose, asker);
    const { database, policy } = this.parts;
    const { photoDays, replacedWeightsDays, draftDays } = policy;
    return {
      counts: await database.stores.personal.count(owner),
      ...{ photoDays, replacedWeightsDays, draftDays },
      atFal: { photosHours: 6, weightsDays: 30, imagesDays: 1, wordsDays: 30 },
    };
  }
}

import { Equals } from 'class-validator';
import { type ConsentSubject, consentFits, consentSubjects } from '../../domain/avatar/avatar-draft.js';
import { DomainError, type Problem } from '../../domain/errors.js';
import type { Training } from '../../domain/training/training.js';
import type { UpdateAvatarDraft } from '../avatars/update-avatar-draft.js';
import { IsOneOf, readInput, refuseIfWrong, type Sent } from '../input/input-validation.js';
import type { RequestContext } from '../input/request-context.js';
import type { Needs } from '../ports/needs.js';
import { type RequestTraining, TrainingRequest } from './request-training.js';

export class TrainingOrdered extends TrainingRequest {
  @IsOneOf(consentSubjects) subject!: ConsentSubject;

  /** Everybody in the pictures is of age. */
  @Equals(true, { context: { allowed: 'true' } }) adults!: true;
}

type OrderContext = RequestContext & {
  /** What the way in has found wrong before: nothing is ordered then. */
  readonly problems?: readonly Problem[] | undefined;
};

type Parts = Needs<'avatars'> & {
  readonly updateAvatarDraft: Pick<UpdateAvatarDraft, 'consent'>;
  readonly requestTraining: Pick<RequestTraining, 'execute'>;
};

/**
 * Consent and the order of a training in one request. A consent that was given before stays as it is. It also stays when
 * the training is refused for another reason: it is true all the same.
 */
export class OrderTraining {
  constructor(private readonly parts: Parts) {}

  /** @throws DomainError `invalid_input` with every problem, and what `UpdateAvatarDraft` and `RequestTraining` throw. */
  async execute(
    given: Sent<TrainingOrdered>,
    { problems: before = [], ...context }: OrderContext,
  ): Promise<Training> {
    const { input, problems } = readInput(TrainingOrdered, given);
    const { avatar, speed, subject } = input;
    if (avatar === undefined) refuseIfWrong([...before, ...problems]);
    const { owner } = context;
    const found = await this.parts.database.stores.avatars.findOwned(owner, avatar);
    if (found === null) throw new DomainError({ code: 'avatar_not_found', avatar });
    const isUnfit = subject !== undefined && !consentFits(found.type, subject);
    const unfit: Problem = {
      ...{ field: 'subject', code: 'unknown_value' },
      ...{ received: subject, allowed: 'self, permitted' },
    };
    refuseIfWrong([...before, ...problems, ...(isUnfit ? [unfit] : [])]);
    await this.parts.updateAvatarDraft.consent({ avatar, subject, adults: true }, { owner });
    return this.parts.requestTraining.execute({ avatar, speed }, context);
  }
}

import { type Avatar, basicsOf } from '../../domain/avatar/avatar.js';
import { type DraftPhoto, describeSet, type PhotoSet, photoLimits } from '../../domain/avatar/photo.js';
import { freshTrigger } from '../../domain/avatar/trigger-word.js';
import { hasQuotas } from '../../domain/budget.js';
import { DomainError } from '../../domain/errors.js';
import { type AvatarId, trainingId, type UserId } from '../../domain/ids.js';
import type { Origin } from '../../domain/origin.js';
import { costOf } from '../../domain/provider-prices.js';
import { isOpenTraining, type Training } from '../../domain/training/training.js';
import {
  defaultSpeed,
  speeds,
  type TrainingSpeed,
  trainingOrder,
  trainingSpeeds,
} from '../../domain/training/training-order.js';
import { refuseStrangers } from '../account/access.js';
import { draftOf, lockAvatar, type Mine } from '../avatars/update-avatar-draft.js';
import { checkedInput, IsOneOf, MayBeAbsent } from '../input/input-validation.js';
import { AvatarNamed } from '../input/named.js';
import { type Asker, type RequestContext, refuseDearer } from '../input/request-context.js';
import type { Policy } from '../policy/policy.js';
import { useQuotas } from '../policy/quotas.js';
import type { TrainingPolicy } from '../policy/training-policy.js';
import type { Needs } from '../ports/needs.js';
import type { Stores } from '../ports/stores/stores.js';
import { trainingKind } from './training-kind.js';
import { judgeYoungPhotos, type YoungPhotos } from './young-photos.js';

export type RequestTrainingStores =
  | 'admissions'
  | 'avatarDrafts'
  | 'avatars'
  | 'cases'
  | 'endpoints'
  | 'jobs'
  | 'ledger'
  | 'photos'
  | 'quotas'
  | 'trainings';
type Touched = RequestTrainingStores;

export class TrainingRequest extends AvatarNamed {
  @MayBeAbsent() @IsOneOf(trainingSpeeds) speed?: TrainingSpeed | undefined;
}

/** Without an `origin` the training has its draft's. */
type TrainingContext = Pick<RequestContext, 'owner' | 'requestKey'> & Partial<RequestContext>;

/** What a training would cost and take. */
export interface TrainingQuote {
  /** On the house, at every speed. */
  readonly isFree: boolean;
  readonly balance: number;
  readonly set: PhotoSet;
  readonly hasConsent: boolean;
  /** Measured, or the table's numbers until there is a history. */
  readonly choices: ReadonlyArray<{
    readonly speed: TrainingSpeed;
    readonly steps: number;
    readonly seconds: number;
    /** Credits. */
    readonly price: number;
  }>;
}

type Parts = Needs<Touched, 'clock' | 'ids'> & {
  readonly policy: Policy;
  readonly trainingPolicy: TrainingPolicy;
};

/** Accepts a request for training: checks all of it, holds its price, and has it begun, in one transaction. */
export class RequestTraining {
  constructor(private readonly parts: Parts) {}

  /** @throws DomainError `avatar_not_found`. */
  async quote(which: AvatarNamed, { owner }: Asker): Promise<TrainingQuote> {
    const { avatar: id } = checkedInput(AvatarNamed, which);
    return this.parts.database.transaction(async (stores) => {
      const avatar = await lockAvatar(stores, { owner, avatar: id });
      const isFree = await this.isFreeRetrain(stores, id);
      const draft = await stores.avatarDrafts.findOwned(owner, id);
      const choices = await Promise.all(
        trainingSpeeds.map(async (speed) => ({
          speed,
          steps: speeds[speed].steps,
          seconds: (await stores.trainings.typicalSeconds(speed)) ?? speeds[speed].expectedSeconds,
          price: isFree ? 0 : this.parts.trainingPolicy.prices[avatar.type][speed],
        })),
      );
      return {
        isFree,
        balance: (await stores.ledger.account(owner)).balance,
        set: describeSet(await stores.photos.list(id), avatar.type),
        hasConsent: draft?.consent != null,
        choices,
      };
    });
  }

  /**
   * While a training of this avatar is open, asking again returns that one.
   * @throws DomainError `not_allowed`, `avatar_not_found`, `not_found` (no draft), `consent_required`,
   *   `not_enough_photos`, `price_changed`, `insufficient_credits`, `invalid_input`, `away_now`, `budget_spent`,
   *   `photos_wait`, `photos_refused`; then nothing was charged, and nothing written but that photos wait.
   */
  async execute(request: TrainingRequest, context: TrainingContext): Promise<Training> {
    await refuseStrangers(this.parts, context.owner);
    // What it comes to is told outside, so that photos that wait stay where an operator finds them.
    return taken(await this.parts.database.transaction((stores) => this.ask(stores, request, context)));
  }

  /** The same as a part of something larger, which has made sure that they may ask. */
  async within(
    stores: Pick<Stores, Touched>,
    request: TrainingRequest,
    context: TrainingContext,
  ): Promise<Training> {
    return taken(await this.ask(stores, request, context));
  }

  private async ask(
    stores: Pick<Stores, Touched>,
    request: TrainingRequest,
    context: TrainingContext,
  ): Promise<Training | Exclude<YoungPhotos, 'fine'>> {
    const { avatar: id, speed = defaultSpeed } = checkedInput(TrainingRequest, request);
    const { owner, origin, requestKey } = context;
    const mine = { owner, avatar: id };
    const avatar = await lockAvatar(stores, mine);
    const earlier = await this.earlier(stores, id, requestKey);
    if (earlier !== null) return earlier;
    const photos = await this.checkedPhotos(stores, mine);
    const training = await this.accepted(stores, avatar, { speed, origin }, photos);
    const { createdAt, order } = training;
    const { endpoint } = order;
    if ((await stores.endpoints.retired(createdAt)).has(endpoint))
      throw new DomainError({ code: 'away_now', endpoint });
    refuseDearer(training.price, context);
    await refuseIfPoor(stores, owner, training.price);
    const young = await this.youngPhotos(stores, avatar, photos);
    if (young !== 'fine') return young;
    const added = await stores.trainings.add(training, requestKey);
    if (added.id !== training.id) return added;
    const begun = { next: training, effects: ['hold', 'submit'] } as const;
    await trainingKind.apply(stores, training, begun, createdAt);
    if (hasQuotas(this.parts.policy.quotas)) {
      const counted = { owner, pictures: 0, cost: training.cost, isBegun: false };
      await useQuotas(stores, this.parts.policy, counted, createdAt);
    }
    await stores.avatarDrafts.save({ ...(await draftOf(stores, mine)), openedAt: null });
    if (avatar.status !== 'ready')
      await stores.avatars.save({ ...basicsOf(avatar), trigger: order.trigger, status: 'training' });
    return training;
  }

  /** A style shows nobody. */
  private async youngPhotos(
    stores: Pick<Stores, Touched>,
    { owner, id: avatar, type }: Avatar,
    photos: readonly DraftPhoto[],
  ): Promise<YoungPhotos> {
    if (type !== 'portrait') return 'fine';
    const { ids, clock } = this.parts;
    return judgeYoungPhotos(stores, { owner, avatar, photos, id: ids.uuid(), now: clock.now() });
  }

  private async earlier(
    stores: Pick<Stores, Touched>,
    avatar: AvatarId,
    requestKey: string | undefined,
  ): Promise<Training | null> {
    const all = await stores.trainings.ofAvatar(avatar);
    const byKey = requestKey === undefined ? null : await stores.trainings.findByRequestKey(requestKey);
    return all.find((one) => one.id === byKey?.id || isOpenTraining(one)) ?? null;
  }

  private async checkedPhotos(stores: Pick<Stores, Touched>, mine: Mine): Promise<DraftPhoto[]> {
    const draft = await draftOf(stores, mine);
    if (draft.consent === null) throw new DomainError({ code: 'consent_required' });
    const kept = (await stores.photos.lock(mine.avatar)).filter(({ status }) => status === 'kept');
    if (kept.length < photoLimits.fewest)
      throw new DomainError({ code: 'not_enough_photos', kept: kept.length, needed: photoLimits.fewest });
    return kept;
  }

  private async accepted(
    stores: Pick<Stores, Touched>,
    avatar: Avatar,
    { speed, origin }: { speed: TrainingSpeed; origin: Origin | undefined },
    photos: readonly DraftPhoto[],
  ): Promise<Extract<Training, { status: 'accepted' }>> {
    const { owner, id } = avatar;
    const isFree = await this.isFreeRetrain(stores, id);
    const taken = (await stores.avatars.list(owner)).map((other) => other.trigger);
    const trigger = avatar.trigger ?? freshTrigger(() => this.parts.ids.seed(), taken);
    const photoKeys = photos.map(({ mediaKey }) => mediaKey);
    const order = trainingOrder(avatar.type, speed, { trigger, photos: photoKeys });
    const createdAt = this.parts.clock.now();
    return {
      id: trainingId(this.parts.ids.uuid()),
      owner,
      avatar: id,
      speed,
      order,
      price: isFree ? 0 : this.parts.trainingPolicy.prices[avatar.type][speed],
      cost: costOf(order, this.parts.policy.providerPrices, createdAt),
      isFree,
      origin: origin ?? (await draftOf(stores, { owner, avatar: id })).origin,
      createdAt,
      submits: 0,
      doubts: 0,
      status: 'accepted',
      notBefore: null,
    };
  }

  /** A paid training of this avatar ended well and its owner has not used up what the house gives. */
  private async isFreeRetrain(stores: Pick<Stores, Touched>, avatar: AvatarId): Promise<boolean> {
    const ready = (await stores.trainings.ofAvatar(avatar)).filter(({ status }) => status === 'ready');
    const given = ready.filter(({ isFree }) => isFree).length;
    return ready.some(({ isFree }) => !isFree) && given < this.parts.trainingPolicy.freeRetrains;
  }
}

/** @throws DomainError `photos_wait`, `photos_refused` */
function taken(asked: Training | Exclude<YoungPhotos, 'fine'>): Training {
  if (asked === 'wait') throw new DomainError({ code: 'photos_wait' });
  if (asked === 'refused') throw new DomainError({ code: 'photos_refused' });
  return asked;
}

/** A kind word early; what really keeps the balance above zero is the ledger itself. */
async function refuseIfPoor(stores: Pick<Stores, Touched>, owner: UserId, needed: number): Promise<void> {
  const { balance } = await stores.ledger.account(owner);
  if (needed > balance) throw new DomainError({ code: 'insufficient_credits', needed, balance });
}

import { weightsOf } from '../../domain/avatar/avatar-versions.js';
import type { Generation, GenerationStatus } from '../../domain/generation/generation.js';
import { announced, cancelled, delivered } from '../../domain/generation/generation-transitions.js';
import type { UserId } from '../../domain/ids.js';
import { filesOf } from '../../domain/stored-image.js';
import { filesOfTraining, isOpenTraining, type Training } from '../../domain/training/training.js';
import {
  proofMade,
  trainingAnnounced,
  trainingCancelled,
} from '../../domain/training/training-transitions.js';
import { generationKind } from '../generation/generation-kind.js';
import type { Asker } from '../input/request-context.js';
import { writeTransition } from '../jobs/job-kind.js';
import type { CancelSubscription } from '../payments/cancel-subscription.js';
import type { MediaStore } from '../ports/media-store.js';
import type { Needs } from '../ports/needs.js';
import type { DeletionReceipt } from '../ports/stores/personal-data.js';
import type { Stores } from '../ports/stores/stores.js';
import { trainingKind } from '../training/training-kind.js';
import { leftAtFal } from './left-at-fal.js';
import { ownData, type PersonNamed } from './stored-data.js';

type Touched = 'avatars' | 'generations' | 'jobs' | 'ledger' | 'personal' | 'photos' | 'trainings';

const rowsAtOnce = 500;
/** States that somebody still works on, or has something to tell about. */
const unfinished: readonly GenerationStatus[] = ['accepted', 'submitting', 'submitted', 'collected'];
type Parts = Needs<Touched, 'clock' | 'ids' | 'log'> & {
  readonly media: Pick<MediaStore, 'removeAll'>;
  /** Missing where nothing is sold. */
  readonly cancelSubscription?: CancelSubscription | undefined;
};

/**
 * Deletes a person: what they pay for every month is cancelled, open work is called off and its holds go back, then files, then words. Money records stay under
 * their number alone, as `docs/decisions/0051-money-after-deletion.md` says.
 */
export class DeleteUser {
  constructor(private readonly parts: Parts) {}

  /**
   * Killed half-way it can be asked for again and goes on.
   * @throws DomainError `not_found` for somebody else.
   */
  async execute(whose: PersonNamed, asker: Asker): Promise<DeletionReceipt> {
    const owner = ownData(whose, asker);
    const { personal } = this.parts.database.stores;
    // Before all: whoever has left must not go on paying.
    const subscriptions = await this.parts.cancelSubscription?.all(owner);
    const before = await personal.count(owner);
    const stopped = await this.callOff(owner);
    const files = await this.filesOf(owner);
    const { stores } = this.parts.database;
    // After open work was called off: nothing new is made there.
    const gone = { owner, avatars: await stores.avatars.list(owner) };
    const atFal = await leftAtFal(stores, gone, this.parts.clock.now());
    await this.parts.media.removeAll(files);
    const receipt: DeletionReceipt = {
      id: this.parts.ids.uuid(),
      at: this.parts.clock.now(),
      counts: {
        avatars: before.avatars,
        photos: before.photos,
        images: before.images,
        files: files.size,
        cancelledJobs: stopped,
        cancelledSubscriptions: subscriptions?.canceled ?? 0,
        subscriptionsLeft: subscriptions?.left ?? 0,
        jobsStrippedOfWords: before.generations + before.trainings,
        moneyRecordsKept: (await personal.count(owner)).ledgerEntries,
      },
      atFal,
    };
    await this.parts.database.transaction(async (stores) => {
      await stores.personal.forget(owner);
      await stores.personal.keepReceipt(receipt);
    });
    this.parts.log.info('a person was deleted', { receipt: receipt.id, counts: receipt.counts });
    return receipt;
  }

  private async filesOf(owner: UserId): Promise<ReadonlySet<string>> {
    const { personal, photos, avatars, trainings } = this.parts.database.stores;
    const pictures = [
      ...(await personal.images(owner)),
      ...(await personal.proofPictures(owner)),
      ...(await photos.ofOwner(owner)),
    ];
    const trained = (await trainings.ofOwner(owner)).flatMap(filesOfTraining);
    const held = (await avatars.list(owner)).flatMap(weightsOf);
    return new Set([...pictures.flatMap(filesOf), ...trained, ...held]);
  }

  /** Ends everything that is under way, so that nothing new comes in, and nobody is told of it. */
  private async callOff(owner: UserId): Promise<number> {
    let stopped = 0;
    for (const status of unfinished)
      for (;;) {
        const page = await this.parts.database.stores.generations.list({ owner, status, limit: rowsAtOnce });
        if (page.length === 0) break;
        for (const { id } of page)
          stopped += await this.parts.database.transaction(async (stores) => {
            const state = await stores.generations.lock(id);
            return state === null ? 0 : endGeneration(stores, state, this.parts.clock.now());
          });
      }
    for (const { id } of await this.parts.database.stores.trainings.ofOwner(owner))
      stopped += await this.parts.database.transaction(async (stores) => {
        const state = await stores.trainings.lock(id);
        return state === null ? 0 : endTraining(stores, state, this.parts.clock.now());
      });
    return stopped;
  }
}

async function endGeneration(stores: Pick<Stores, Touched>, state: Generation, now: Date): Promise<number> {
  if (!unfinished.includes(state.status)) return 0;
  if (state.status === 'collected') {
    await writeTransition(generationKind, stores, state, delivered(state, now), { now });
    return 0;
  }
  const { next, effects } = cancelled(state, now);
  const silent = next.status === 'cancelled' ? announced(next, now).next : next;
  await writeTransition(generationKind, stores, state, { next: silent, effects: silently(effects) }, { now });
  return 1;
}

async function endTraining(stores: Pick<Stores, Touched>, state: Training, now: Date): Promise<number> {
  const isOpen = isOpenTraining(state);
  const { next, effects } = isOpen
    ? trainingCancelled(state, now)
    : state.status === 'ready'
      ? proofMade(state, null)
      : { next: state, effects: [] };
  if (next.status !== 'ready' && next.status !== 'failed' && next.status !== 'cancelled') return 0;
  const silent = { next: trainingAnnounced(next, now), effects: silently(effects) };
  await writeTransition(trainingKind, stores, state, silent, { now });
  return isOpen ? 1 : 0;
}

/** The person is leaving: nobody is to be told. */
const silently = <Effect extends string>(effects: readonly Effect[]): Effect[] =>
  effects.filter((effect) => effect !== 'deliver');

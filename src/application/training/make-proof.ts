import type { Avatar } from '../../domain/avatar/avatar.js';
import { mediaKeyOf } from '../../domain/avatar/avatar-model.js';
import { DomainError } from '../../domain/errors.js';
import { type Generation, isOpenGeneration } from '../../domain/generation/generation.js';
import type { TrainingId } from '../../domain/ids.js';
import { filesOf } from '../../domain/stored-image.js';
import { secondsAfter } from '../../domain/time.js';
import { byLikeness, likenessOf } from '../../domain/training/likeness.js';
import { proofCells, proofColumns, proofSeed } from '../../domain/training/proof-sheet.js';
import type { ProofCell, ProofSheet, TrainingIn } from '../../domain/training/training.js';
import { proofMade } from '../../domain/training/training-transitions.js';
import type { RequestGeneration } from '../generation/request-generation.js';
import { writeTransition } from '../jobs/job-kind.js';
import { trainingLeaseSeconds } from '../policy/training-policy.js';
import type { Needs } from '../ports/needs.js';
import type { ProofComposer } from '../ports/pictures/proof-composer.js';
import { StaleWrite } from '../ports/stores/jobs/leases.js';
import type { MeasureLikeness, NamedPicture } from './measure-likeness.js';
import { proofOrigin } from './proof-transport.js';
import { trainingKind } from './training-kind.js';

/** Somebody tells the owner that the avatar is ready: look again after so many. */
const busySeconds = 1;
/** Each picture that arrives nudges; this is for nudges that were lost. */
const lookAgainSeconds = 20;

type Parts = Needs<
  'avatars' | 'generations' | 'images' | 'jobs' | 'ledger' | 'personal' | 'trainings',
  'media' | 'clock' | 'worker' | 'log'
> & {
  readonly requestGeneration: Pick<RequestGeneration, 'execute'>;
  readonly composer: Pick<ProofComposer, 'compose'>;
  readonly likeness: Pick<MeasureLikeness, 'execute'>;
};

/** Orders the pictures of a proof sheet and, when all have come to an end, puts it together. */
export class MakeProof {
  constructor(private readonly parts: Parts) {}

  async execute(id: TrainingId): Promise<void> {
    const { trainings, jobs } = this.parts.database.stores;
    const now = this.parts.clock.now();
    const lease = { owner: this.parts.worker, until: secondsAfter(now, trainingLeaseSeconds) };
    const state = await trainings.acquire(id, 'ready', lease, now);
    if (state?.status !== 'ready') {
      const found = await trainings.find(id);
      if (found?.status === 'ready' && found.proof.status === 'rendering')
        await jobs.add({ task: 'make-proof', training: id }, secondsAfter(now, busySeconds));
      return;
    }
    try {
      const sheet = state.proof.status === 'rendering' ? await this.sheetOf(state) : undefined;
      if ((await this.parts.database.stores.avatars.find(state.avatar)) === null) await this.clearAway(state);
      if (sheet === undefined)
        await trainings.free(id, this.parts.worker, secondsAfter(this.parts.clock.now(), lookAgainSeconds));
      else await this.write(state, sheet);
    } catch (error) {
      if (!(error instanceof StaleWrite)) throw error;
    }
  }

  /** `undefined`: not all pictures have come to an end. `null`: there is nothing to show. */
  private async sheetOf(state: TrainingIn<'ready'>): Promise<ProofSheet | null | undefined> {
    const avatar = await this.parts.database.stores.avatars.find(state.avatar);
    if (avatar === null) return null;
    const plan = proofCells(avatar.type);
    const generations: Generation[] = [];
    for (const cell of plan) {
      const generation = await this.pictureOf(state, avatar, cell);
      if (typeof generation === 'string') return generation === 'later' ? undefined : null;
      generations.push(generation);
    }
    if (generations.some(isOpenGeneration)) return undefined;
    const pictures = await Promise.all(generations.map((generation) => this.read(generation)));
    if (pictures.every((picture) => picture === null)) return null;
    const { original, values } = await this.likenessOf(state, avatar, pictures);
    const places = byLikeness(values);
    const composed = await this.parts.composer.compose(
      places.map((place) => pictures[place]?.bytes ?? null),
      proofColumns,
    );
    const image = await this.parts.media.saveImage(`proofs/${state.id}`, once(composed));
    const cells = places.flatMap((place, index) => {
      const cell = plan[place];
      const value = values[place] ?? null;
      return cell === undefined
        ? []
        : [
            {
              ...cell,
              number: index + 1,
              generation: pictures[place] === null ? null : (generations[place]?.id ?? null),
              likeness: value === null ? null : likenessOf(value),
            },
          ];
    });
    return { image, cells, original };
  }

  /** A style has nobody to look like. */
  private async likenessOf(
    { order }: TrainingIn<'ready'>,
    { type }: Avatar,
    pictures: ReadonlyArray<NamedPicture | null>,
  ) {
    return this.parts.likeness.execute(
      order.photos,
      type === 'portrait' ? pictures : pictures.map(() => null),
    );
  }

  /** Ordered once, whoever asks and however often. `never`: it cannot be ordered any more. */
  private async pictureOf(
    { id, owner, weights }: TrainingIn<'ready'>,
    avatar: Avatar,
    { number, scale, prompt }: Omit<ProofCell, 'generation'>,
  ): Promise<Generation | 'later' | 'never'> {
    const requestKey = `proof:${id}:${number}`;
    const ordered = await this.parts.database.stores.generations.findByRequestKey(requestKey);
    if (ordered !== null) return ordered;
    // Its owner went back to what was there before: the pictures would show that.
    if (avatar.status !== 'ready' || mediaKeyOf(avatar.model) !== weights.mediaKey) return 'never';
    try {
      return await this.parts.requestGeneration.execute(
        { avatar: avatar.id, prompt, overrides: { strength: scale, seed: proofSeed, count: 1 } },
        { owner, origin: proofOrigin(id), requestKey, free: true },
      );
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      // Its owner keeps us busy with other requests.
      if (error.code === 'too_many_waiting') return 'later';
      this.parts.log.warn('a proof picture was refused', { training: id, code: error.code });
      return 'never';
    }
  }

  private async read(generation: Generation): Promise<NamedPicture | null> {
    const [image] = await this.parts.database.stores.images.ofGeneration(generation.id);
    if (image === undefined) return null;
    return { name: image.mediaKey, bytes: await this.parts.media.bytes(image.mediaKey) };
  }

  /** The avatar was deleted meanwhile: pictures that arrive after it go too. */
  private async clearAway({ owner, avatar }: TrainingIn<'ready'>): Promise<void> {
    const { personal } = this.parts.database.stores;
    const pictures = await personal.proofPictures(owner, avatar);
    const ids = pictures.map(({ id }) => id);
    await personal.removeImages(owner, ids);
    for (const key of pictures.flatMap(filesOf)) await this.parts.media.remove(key);
  }

  private async write(state: TrainingIn<'ready'>, sheet: ProofSheet | null): Promise<void> {
    try {
      const shown = await this.parts.database.transaction(async (stores) => {
        // Before the avatar, as everything does that ends a training.
        await stores.trainings.lock(state.id);
        // Deleted while its sheet was put together: nobody is to see it.
        const avatar = await stores.avatars.lock(state.owner, state.avatar);
        const shown = avatar === null ? null : sheet;
        const write = { now: this.parts.clock.now(), lease: this.parts.worker };
        await writeTransition(trainingKind, stores, state, proofMade(state, shown), write);
        return shown;
      });
      if (shown === null) await this.discard(state, sheet);
      this.parts.log.info('proof sheet', { training: state.id, made: shown !== null });
    } catch (error) {
      if (error instanceof StaleWrite) await this.discard(state, sheet);
      throw error;
    }
  }

  /** Unless another process has shown it meanwhile: its file has the same name. */
  private async discard({ id }: TrainingIn<'ready'>, sheet: ProofSheet | null): Promise<void> {
    const row = await this.parts.database.stores.trainings.find(id);
    if (sheet === null || (row?.status === 'ready' && row.proof.status === 'composed')) return;
    for (const key of filesOf(sheet.image)) await this.parts.media.remove(key);
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield bytes;
}

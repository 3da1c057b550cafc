import type { ReadyAvatar } from '../../domain/avatar/avatar.js';
import { weightsOf } from '../../domain/avatar/avatar-versions.js';
import { isOpenGeneration } from '../../domain/generation/generation.js';
import { avatarId, type GenerationId, generationId, trainingId } from '../../domain/ids.js';
import { filesOf } from '../../domain/stored-image.js';
import { secondsAfter } from '../../domain/time.js';
import { filesOfTraining, isOpenTraining, type Training } from '../../domain/training/training.js';
import { Throttle } from '../jobs/throttle.js';
import type { MediaStore } from '../ports/media-store.js';
import type { Needs } from '../ports/needs.js';

/** Two million files are gone through in 17 hours; a minute's share takes some tenths of a second. */
const filesAtOnce = 2000;
const pauseMilliseconds = 60_000;
/** Far longer than anything takes from writing a file to writing its row. */
const orphanAfterSeconds = 86_400;

/** Each key begins with what the file is and the id of the row that it belongs to: an avatar, a job or a training. */
const keyForm = /^([a-z]+)\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![0-9a-f])/;

type Parts = Needs<'avatars' | 'generations' | 'images' | 'photos' | 'trainings', 'clock' | 'log'> & {
  readonly media: Pick<MediaStore, 'writtenBefore' | 'remove'>;
};

/**
 * Deletes files that no row knows: a process died between writing a file and its row, or between deleting a row and
 * its file. Called with every sweep; goes through the media store a few files at a time, and then begins again.
 */
export class PurgeOrphans {
  private readonly throttle = new Throttle(pauseMilliseconds);
  private walk: AsyncIterator<string> | null = null;
  private orphans: string[] = [];
  private isOurs = false;

  constructor(private readonly parts: Parts) {}

  /** Returns how many were deleted. */
  async execute(): Promise<number> {
    const now = this.parts.clock.now();
    if (!this.throttle.isOver(now)) return 0;
    const before = secondsAfter(now, -orphanAfterSeconds);
    this.walk ??= this.parts.media.writtenBefore(before)[Symbol.asyncIterator]();
    const { keys, isEnd } = await this.read(this.walk);
    const known = await this.filesOfImages(keys);
    for (const key of keys) {
      // Nearly all of them: only what no image has is asked about alone.
      const isOrphan = known.has(key) ? false : await this.isOrphan(key);
      if (isOrphan === true) this.orphans.push(key);
      if (isOrphan === false) this.isOurs = true;
    }
    return isEnd ? this.endOfWalk() : this.removeOrphans();
  }

  private async read(walk: AsyncIterator<string>): Promise<{ keys: string[]; isEnd: boolean }> {
    const keys: string[] = [];
    while (keys.length < filesAtOnce) {
      const { done, value: key } = await walk.next();
      if (done === true) return { keys, isEnd: true };
      keys.push(key);
    }
    return { keys, isEnd: false };
  }

  private async filesOfImages(keys: readonly string[]): Promise<ReadonlySet<string>> {
    const jobs = new Set<GenerationId>();
    for (const key of keys) {
      const [, kind, id = ''] = keyForm.exec(key) ?? [];
      if (kind === 'images') jobs.add(generationId(id));
    }
    return new Set(await this.parts.database.stores.images.filesOf([...jobs]));
  }

  private async endOfWalk(): Promise<number> {
    const deleted = await this.removeOrphans();
    if (this.orphans.length > 0)
      this.parts.log.warn('not one file of the media store belongs to this database: all are left alone', {
        files: this.orphans.length,
      });
    this.walk = null;
    this.isOurs = false;
    this.orphans = [];
    return deleted;
  }

  /** Only once a file was seen that a row knows: with a wrong address of the database all would look like orphans. */
  private async removeOrphans(): Promise<number> {
    if (!this.isOurs) return 0;
    const keys = this.orphans;
    this.orphans = [];
    for (const key of keys) await this.parts.media.remove(key);
    if (keys.length > 0)
      this.parts.log.info('files that nothing referred to were deleted', { files: keys.length });
    return keys.length;
  }

  /** A file that may still be written is none. `null`: its name does not say whose it is. */
  private async isOrphan(key: string): Promise<boolean | null> {
    const [, kind, id = ''] = keyForm.exec(key) ?? [];
    const { photos, images, generations } = this.parts.database.stores;
    switch (kind) {
      case 'photos':
        return !(await photos.list(avatarId(id))).flatMap(filesOf).includes(key);
      case 'images': {
        const job = await generations.find(generationId(id));
        if (job !== null && isOpenGeneration(job)) return false;
        return !(await images.ofGeneration(generationId(id))).flatMap(filesOf).includes(key);
      }
      case 'weights':
        return this.isOrphanOfTraining(id, (avatar) => weightsOf(avatar).includes(key));
      case 'proofs':
        return this.isOrphanOfTraining(
          id,
          (_, training) =>
            training?.status === 'ready' &&
            (training.proof.status === 'rendering' || filesOfTraining(training).includes(key)),
        );
      default:
        return null;
    }
  }

  /** @param id of the training that made the file, or of the avatar that it was brought for */
  private async isOrphanOfTraining(
    id: string,
    isHeld: (avatar: ReadyAvatar, training: Training | null) => boolean,
  ): Promise<boolean> {
    const { trainings, avatars } = this.parts.database.stores;
    const training = await trainings.find(trainingId(id));
    if (training !== null && isOpenTraining(training)) return false;
    const avatar = await avatars.find(training?.avatar ?? avatarId(id));
    return avatar?.status !== 'ready' || !isHeld(avatar, training);
  }
}

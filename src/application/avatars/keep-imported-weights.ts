import type { Avatar } from '../../domain/avatar/avatar.js';
import { isInFile, type ModelInFile } from '../../domain/avatar/avatar-model.js';
import { foreignWeights, withoutCurrent } from '../../domain/avatar/avatar-versions.js';
import { DomainError } from '../../domain/errors.js';
import type { AvatarId } from '../../domain/ids.js';
import { Throttle } from '../jobs/throttle.js';
import type { DiskSpace } from '../policy/disk-space.js';
import { BadDownload } from '../ports/image-downloads.js';
import type { MediaStore } from '../ports/media-store.js';
import type { Needs } from '../ports/needs.js';
import { checkedWeights } from './checked-weights.js';
import { recognizes } from './weights-look.js';

const pauseMilliseconds = 10_000;
/** Files of hundreds of megabytes: people who wait for a picture come first. */
const atOnce = 2;
const lookedAt = 50;
/** A file that could not be had may be there later, and a setting may allow its host by then. */
const againMilliseconds = 6 * 3_600_000;

type Parts = Needs<'avatars' | 'jobs', 'downloads' | 'clock' | 'log'> & {
  readonly media: Pick<MediaStore, 'save' | 'remove'>;
  readonly disk: Pick<DiskSpace, 'isShort'>;
};

/**
 * Brings home the weights of avatars that came by address, as those of a training are: what lies elsewhere may be gone
 * one day, and the avatar with it.
 */
export class KeepImportedWeights {
  private readonly throttle = new Throttle(pauseMilliseconds);
  /** When this process had them fetched last. */
  private readonly fetched = new Map<AvatarId, number>();

  constructor(private readonly parts: Parts) {}

  /** Has a few of them fetched. Called with every sweep, works now and then. Returns how many. */
  async nudge(): Promise<number> {
    const { database, disk, clock } = this.parts;
    const now = clock.now();
    if (!this.throttle.isOver(now) || (await disk.isShort())) return 0;
    const due = (id: AvatarId) => now.getTime() - (this.fetched.get(id) ?? 0) >= againMilliseconds;
    const ids = (await database.stores.avatars.withWeightsElsewhere(lookedAt)).filter(due).slice(0, atOnce);
    for (const avatar of ids) {
      this.fetched.set(avatar, now.getTime());
      await database.stores.jobs.add({ task: 'keep-weights', avatar });
    }
    return ids.length;
  }

  /** The avatar works from its address meanwhile, and if there is no copy to be had. */
  async execute(id: AvatarId): Promise<void> {
    const { database, downloads, media, log } = this.parts;
    const model = elsewhere(await database.stores.avatars.find(id));
    if (model === null) return;
    const { url } = model;
    const mediaKey = `weights/${id}.safetensors`;
    try {
      await media.save(mediaKey, checkedWeights(await downloads.open(url), recognizes[model.kind]));
    } catch (error) {
      if (error instanceof DomainError && error.refusal.code === 'weights_foreign')
        return this.refuse(id, url, error.refusal.family);
      if (!(error instanceof BadDownload)) throw error;
      // A host that is not allowed stays so until the settings change: nothing to tell again and again.
      return log[error.retry ? 'info' : 'debug'](
        'imported weights cannot be copied here; they are used where they lie',
        { avatar: id, reason: error.message },
      );
    }
    if (await this.write(id, url, mediaKey)) log.info('imported weights were copied here', { avatar: id });
  }

  /** They would spoil each picture, or fail it. */
  private async refuse(id: AvatarId, url: string, family: string): Promise<void> {
    const { database, clock, log } = this.parts;
    const held = await database.stores.avatars.find(id);
    if (held === null) return;
    await database.transaction(async ({ avatars }) => {
      const avatar = await avatars.lock(held.owner, id);
      if (avatar?.status !== 'ready' || elsewhere(avatar)?.url !== url) return;
      await avatars.save(withoutCurrent(avatar, foreignWeights, clock.now()));
      log.warn('imported weights are not for FLUX.1: they are used no more', { avatar: id, family });
    });
  }

  private async write(id: AvatarId, url: string, mediaKey: string): Promise<boolean> {
    const { database, media } = this.parts;
    const held = await database.stores.avatars.find(id);
    const isHeld =
      held !== null &&
      (await database.transaction(async ({ avatars }) => {
        const avatar = await avatars.lock(held.owner, id);
        if (avatar?.status !== 'ready' || !isInFile(avatar.model)) return false;
        // Another process was here first: its copy has the same name.
        if (avatar.model.mediaKey === mediaKey) return true;
        if (elsewhere(avatar)?.url !== url) return false;
        await avatars.save({ ...avatar, model: { ...avatar.model, mediaKey, importedFrom: url } });
        return true;
      }));
    if (!isHeld) await media.remove(mediaKey);
    return isHeld;
  }
}

/** Weights of which there is no copy here. */
function elsewhere(avatar: Avatar | null): ModelInFile | null {
  if (avatar?.status !== 'ready' || !isInFile(avatar.model)) return null;
  return avatar.model.mediaKey === undefined ? avatar.model : null;
}

import type { Avatar } from '../../domain/avatar/avatar.js';
import { type AvatarModel, isInFile, mediaKeyOf, sourceOf } from '../../domain/avatar/avatar-model.js';
import { modelsOf } from '../../domain/avatar/avatar-versions.js';
import type { AvatarId, UserId } from '../../domain/ids.js';
import { secondsAfter } from '../../domain/time.js';
import type { LeftAtFal } from '../ports/stores/personal-data.js';
import type { Stores } from '../ports/stores/stores.js';

const day = 86_400;
/** Results are ordered with this life. */
const picturesLiveSeconds = day;
/** Weights are put up with this life, and fal keeps what a request said as long; archives of photos live hours. */
const restLivesSeconds = 30 * day;
/** What is still being made is made within this time, or given up. */
const makingSeconds = 3600;

interface Gone {
  readonly owner: UserId;
  /** What is deleted now. */
  readonly avatars: readonly Avatar[];
  /** All requests of the owner's are meant unless one avatar is named. */
  readonly only?: AvatarId;
}

/**
 * What fal still has when this is deleted here. It offers no deletion: most has an end of its own, finetunes and what
 * was brought by address have none. To be asked before the rows are gone.
 */
export async function leftAtFal(
  stores: Pick<Stores, 'personal' | 'trainings'>,
  { owner, avatars, only }: Gone,
  now: Date,
): Promise<LeftAtFal> {
  const models = avatars.flatMap(modelsOf);
  const { last, isOpen } = await stores.personal.requestsToFal(owner, only);
  const asked = isOpen ? secondsAfter(now, makingSeconds) : last;
  const trainings = await (only === undefined
    ? stores.trainings.ofOwner(owner)
    : stores.trainings.ofAvatar(only));
  // Weights may have been put up again at any time until now.
  const lent =
    trainings.some(({ submits }) => submits > 0) || models.some((model) => mediaKeyOf(model) !== null);
  const later = (time: Date | null, seconds: number): Date | null => {
    const end = time === null ? null : secondsAfter(time, seconds);
    return end !== null && end > now ? end : null;
  };
  return {
    picturesUntil: later(asked, picturesLiveSeconds),
    restUntil: later(lent && !isOpen ? now : asked, restLivesSeconds),
    finetunes: new Set(models.filter((model) => !isInFile(model)).map(sourceOf)).size,
    weightsStayAt: [...new Set(models.flatMap(hostsOf))],
  };
}

function hostsOf(model: AvatarModel): string[] {
  if (!isInFile(model)) return [];
  const address = model.importedFrom ?? (model.mediaKey === undefined ? model.url : null);
  return address !== null && URL.canParse(address) ? [new URL(address).host] : [];
}

import type { DraftPhoto } from '../../domain/avatar/photo.js';
import { youngPhotos } from '../../domain/avatar/young-faces.js';
import type { AvatarId, PhotoId, UserId } from '../../domain/ids.js';
import type { Stores } from '../ports/stores/stores.js';

/** What an operator has said of the photos in question, of those who asked first. */
export type YoungPhotos = 'fine' | 'wait' | 'refused';

/**
 * Photos that look like a child's wait for an operator's word. Those that were allowed are asked about no more; a set that
 * has one of those that were refused is not trained on.
 */
export async function judgeYoungPhotos(
  { cases }: Pick<Stores, 'cases'>,
  set: {
    readonly owner: UserId;
    readonly avatar: AvatarId;
    readonly photos: readonly DraftPhoto[];
    /** A UUID for the case. */
    readonly id: string;
    readonly now: Date;
  },
): Promise<YoungPhotos> {
  const young = youngPhotos(set.photos);
  if (young.length === 0) return 'fine';
  const before = await cases.ofSubject(set.avatar);
  const said = (decision: 'allow' | 'refuse'): PhotoId[] =>
    before.filter((each) => each.decision === decision).flatMap(({ photos }) => photos);
  const [allowed, refused] = [said('allow'), said('refuse')];
  if (young.some((photo) => refused.includes(photo))) return 'refused';
  const photos = young.filter((photo) => !allowed.includes(photo));
  if (photos.length === 0) return 'fine';
  const { id, owner: person, avatar: subject, now: openedAt } = set;
  await cases.open({ id, kind: 'photos', person, subject, photos, openedAt });
  return 'wait';
}

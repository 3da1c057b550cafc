import type { AvatarDeletion } from '../../../../application/personal-data/delete-avatar.js';
import type { LeftAtFal } from '../../../../application/ports/stores/personal-data.js';
import type { Avatar } from '../../../../domain/avatar/avatar.js';
import { weightsOf } from '../../../../domain/avatar/avatar-versions.js';
import { Html } from '../../wording/html.js';
import type { Words } from '../../wording/words.js';

/** Asks whether an avatar shall go, and says what goes with it. */
export function deletionQuestion(
  avatar: Avatar,
  { photos, images }: { readonly photos: number; readonly images: number },
  words: Words,
): Html {
  const hasWeights = avatar.status === 'ready' && weightsOf(avatar).length > 0;
  const what = listed([
    counted('photos', photos, words),
    hasWeights && words.html('avatar-weights-and-sheets'),
  ]);
  return Html.join(
    [
      words.html('avatar-delete-ask', { name: avatar.name }),
      what !== null && words.html('avatar-delete-with', { what }),
      images > 0 && words.html('avatar-delete-images', { count: images }),
    ],
    ' ',
  );
}

/** What went with an avatar, here and at fal. */
export function deletionWords({ name, photos, weights, images, atFal }: AvatarDeletion, words: Words): Html {
  const what = listed([
    counted('photos', photos, words),
    counted('weights', weights, words),
    counted('images', images, words),
  ]);
  const here = [
    words.html('avatar-deleted', { name }),
    what !== null && words.html('avatar-deleted-what', { what }),
  ];
  return Html.join([Html.join(here, ' '), leftAtFalWords(atFal, words)]);
}

/** What is where, and until when. */
export function leftAtFalWords(
  { picturesUntil, restUntil, finetunes, weightsStayAt }: LeftAtFal,
  words: Words,
): Html {
  const left = [
    picturesUntil !== null && words.html('at-fal-pictures', { at: picturesUntil }),
    restUntil !== null && words.html('at-fal-rest', { at: restUntil }),
    finetunes > 0 && words.html('at-fal-finetunes', { count: finetunes }),
    weightsStayAt.length > 0 && words.html('at-fal-not-ours', { hosts: weightsStayAt.join(', ') }),
  ];
  return left.some((line) => line !== false) ? Html.join(left) : words.html('at-fal-nothing');
}

/** Nothing where there is none. */
const counted = (kind: 'photos' | 'weights' | 'images', count: number, words: Words): Html | false =>
  count > 0 && words.html(`count-${kind}`, { count });

const listed = (parts: readonly (Html | false)[]): Html | null =>
  parts.some((part) => part !== false) ? Html.join(parts, ', ') : null;

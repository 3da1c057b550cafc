import type { AvatarDeletion } from '../../../../application/personal-data/delete-avatar.js';
import type { LeftAtFal } from '../../../../application/ports/stores/personal-data.js';
import type { Avatar } from '../../../../domain/avatar/avatar.js';
import { weightsOf } from '../../../../domain/avatar/avatar-versions.js';
import { Html } from '../../wording/html.js';
import type { Translator } from '../../wording/translator.js';

/** Asks whether an avatar is to be deleted, and says what is deleted with it. */
export function deletionQuestion(
  avatar: Avatar,
  { photos, images }: { readonly photos: number; readonly images: number },
  texts: Translator,
): Html {
  const hasWeights = weightsOf(avatar).length > 0;
  const what = listed([
    counted('photos', photos, texts),
    hasWeights && texts.html('avatar-weights-and-sheets'),
  ]);
  return Html.join(
    [
      texts.html('avatar-delete-ask', { name: avatar.name }),
      what !== null && texts.html('avatar-delete-with', { what }),
      images > 0 && texts.html('avatar-delete-images', { count: images }),
    ],
    ' ',
  );
}

/** What was deleted with an avatar, here and at fal. */
export function deletionText(
  { name, photos, weights, images, atFal }: AvatarDeletion,
  texts: Translator,
): Html {
  const what = listed([
    counted('photos', photos, texts),
    counted('weights', weights, texts),
    counted('images', images, texts),
  ]);
  const here = [
    texts.html('avatar-deleted', { name }),
    what !== null && texts.html('avatar-deleted-what', { what }),
  ];
  return Html.join([Html.join(here, ' '), leftAtFalText(atFal, texts)]);
}

/** What is left at fal, and until when. */
export function leftAtFalText(
  { picturesUntil, restUntil, finetunes, weightsStayAt }: LeftAtFal,
  texts: Translator,
): Html {
  const left = [
    picturesUntil !== null && texts.html('at-fal-pictures', { at: picturesUntil }),
    restUntil !== null && texts.html('at-fal-rest', { at: restUntil }),
    finetunes > 0 && texts.html('at-fal-finetunes', { count: finetunes }),
    weightsStayAt.length > 0 && texts.html('at-fal-not-ours', { hosts: weightsStayAt.join(', ') }),
  ];
  return left.some((line) => line !== false) ? Html.join(left) : texts.html('at-fal-nothing');
}

/** Leaves out what there is none of. */
const counted = (kind: 'photos' | 'weights' | 'images', count: number, texts: Translator): Html | false =>
  count > 0 && texts.html(`count-${kind}`, { count });

const listed = (parts: readonly (Html | false)[]): Html | null =>
  parts.some((part) => part !== false) ? Html.join(parts, ', ') : null;

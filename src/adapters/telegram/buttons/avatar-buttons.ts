import { consentSubjects } from '../../../domain/avatar/avatar-draft.js';
import { avatarTypes } from '../../../domain/avatar/avatar-type.js';
import { avatarId, photoId, trainingId } from '../../../domain/ids.js';
import { trainingSpeeds } from '../../../domain/training/training-order.js';
import {
  addedLater,
  asDeleting,
  buttonKind,
  idField,
  numberField,
  oneOf,
  optional,
  yesOrNo,
} from './button-kind.js';

const avatar = idField(avatarId);
const photo = idField(photoId);
const training = idField(trainingId);

/** Opens the screen where a new avatar begins. */
export const newAvatarButton = buttonKind('na', {});
export const newTypeButton = buttonKind('nt', { type: oneOf(avatarTypes) });
/** Shows an avatar in the making; from now on photos go to it. */
export const draftButton = buttonKind('do', { avatar });
/** Photos no longer go to it. */
export const draftCloseButton = buttonKind('dc', { avatar });
/** All avatars in the making. */
export const draftsButton = buttonKind('dl', {});
export const consentButton = buttonKind('cs', { avatar, subject: oneOf(consentSubjects) });

export const photoChoices = ['warned', 'all'] as const;
/** Which photos are gone through: the doubtful ones, or all. */
export type PhotoChoice = (typeof photoChoices)[number];
const which = oneOf(photoChoices);
export const photoCardButton = buttonKind('pc', { avatar, photo: optional(photo), which });
export const photoKeepButton = buttonKind('pk', { avatar, photo, which });
export const photoRemoveButton = buttonKind('pr', { avatar, photo, which }, asDeleting);
/** Shows the people in a photo, each with a number. */
export const facesButton = buttonKind('fc', { avatar, photo, which });
/** The one that is to be trained on. */
export const chooseFaceButton = buttonKind('fn', { avatar, photo, which, number: numberField });
export const photosDoneButton = buttonKind('px', { avatar });

export const trainMenuButton = buttonKind('tm', { avatar });
export const trainButton = buttonKind('tr', {
  avatar,
  speed: oneOf(trainingSpeeds),
  credits: addedLater(numberField),
});
export const cancelTrainingButton = buttonKind('tx', { training });
/** Shows a picture of the proof sheet large. */
export const proofLookButton = buttonKind('pl', { training, number: numberField });
/** Its strength becomes the avatar's own. */
export const proofUseButton = buttonKind('pv', { training, number: numberField });
/** A number of a proof sheet of an earlier release: its strength becomes the avatar's own at once. */
export const proofButton = buttonKind('pf', { training, number: numberField });
/** Takes a picture of the proof sheet into the gallery. */
export const keepProofButton = buttonKind('pg', { training, number: numberField });
export const unlikeButton = buttonKind('pu', { training });
/** Opens an avatar for photos again. */
export const retrainButton = buttonKind('rt', { avatar });

export const backPlaces = ['card', 'elsewhere'] as const;
/** Uses the model before the latest training again, or that one again. `place`: where the button stands. */
export const goBackButton = buttonKind('gb', { avatar, place: oneOf(backPlaces) });

export const strengthMenuButton = buttonKind('st', { avatar });
/** In hundredths; nothing: the preset's. */
export const setStrengthButton = buttonKind('ss', { avatar, percent: optional(numberField) });
export const exportLoraButton = buttonKind('xl', { avatar });
export const deleteAvatarButton = buttonKind('da', { avatar }, asDeleting);
export const deleteAvatarYesButton = buttonKind('dy', { avatar, images: yesOrNo }, asDeleting);

/** Of a LoRA file that was sent in. */
export const loraTypeButton = buttonKind('lt', { type: oneOf(avatarTypes) });
/** Of the trigger words that were found in it. */
export const loraTriggerButton = buttonKind('lw', { number: numberField });
export const loraNoTriggerButton = buttonKind('ln', {});

import { presetNames } from '../../../domain/generation/preset.js';
import { changeNames } from '../../../domain/generation/variation.js';
import { avatarId, generationId } from '../../../domain/ids.js';
import { addedLater, asDeleting, buttonKind, idField, numberField, oneOf, yesOrNo } from './button-kind.js';

const generation = idField(generationId);
const image = idField<string>(String);
/** What it says that it costs; it costs no more. */
const credits = addedLater(numberField);

/** Calls a job off while it waits or runs. */
export const cancelJobButton = buttonKind('x', { generation });

/** Shows whom a job could show instead, while it waits or runs. */
export const otherAvatarButton = buttonKind('xo', { generation });
export const withAvatarButton = buttonKind('xa', { generation, avatar: idField(avatarId), credits });

/** Opens the guided screen with everything as it was. */
export const editButton = buttonKind('a', { generation });
/** The same once more, at once. */
export const repeatButton = buttonKind('v', { generation, credits });
/** Shows how much of a picture may be made anew in one like it. */
export const variationsButton = buttonKind('vm', { image });
/** Makes one like it. */
export const variationButton = buttonKind('vy', { image, change: oneOf(changeNames), credits });
/** Shows the presets that the same seed can be tried with. */
export const otherPresetButton = buttonKind('op', { generation });
export const withPresetButton = buttonKind('wp', { generation, preset: oneOf(presetNames), credits });
/** Shows the buttons of the result again. */
export const backToResultButton = buttonKind('rb', { generation });
/** Shows the buttons of one image of an album. */
export const pickImageButton = buttonKind('im', { image });
export const upscaleButton = buttonKind('u', { image, credits });
export const originalButton = buttonKind('o', { image });
export const infoButton = buttonKind('i', { generation });
export const favouriteButton = buttonKind('f', { image, on: yesOrNo });
export const deleteButton = buttonKind('d', { image }, asDeleting);
/** `isGone`: its message was deleted, too. */
export const undeleteButton = buttonKind('ud', { image, isGone: addedLater(yesOrNo) });
export const shareButton = buttonKind('s', { generation });
/** All pictures of an album as files. */
export const originalsButton = buttonKind('os', { generation });

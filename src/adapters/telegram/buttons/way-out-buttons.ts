import { presetNames } from '../../../domain/generation/preset.js';
import { avatarId } from '../../../domain/ids.js';
import { buttonKind, idField, oneOf, optional } from './button-kind.js';

/**
 * Opens the guided screen with the words of the message that was answered, and with this preset or avatar where one is
 * named. Nothing is ordered by it.
 */
export const chooseInsteadButton = buttonKind('ci', {
  preset: optional(oneOf(presetNames)),
  avatar: optional(idField(avatarId)),
});

import type { ImageRow } from '../../../application/ports/stores/image-store.js';
import type { Generation } from '../../../domain/generation.js';
import type { Keyboard } from '../speaking.js';
import type { Words } from '../wording/words.js';

/** The buttons under a result. They name rows, so they work for as long as the message is there. */
export const resultKeyboard = (
  _generation: Generation,
  _images: readonly ImageRow[],
  _words: Words,
): Keyboard => [];

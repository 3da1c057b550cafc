import type { PhotoWarning } from '../../../domain/avatar/photo.js';
import type { PresetName } from '../../../domain/generation/preset.js';
import { defaultLanguage, loadTexts, type Translator } from './translator.js';

/** What the chat says in English, for the other ways in. It is read when the first text is asked for. */
export function englishTexts() {
  let texts: Translator | undefined;
  const said = (): Translator => {
    texts ??= loadTexts()(defaultLanguage);
    return texts;
  };
  return {
    preset: (preset: PresetName) => ({
      name: said().plain(`preset-${preset}`),
      description: said().plain(`preset-about-${preset}`),
    }),
    photoWarning: (warning: PhotoWarning): string => said().plain(`photo-${warning}`),
  };
}

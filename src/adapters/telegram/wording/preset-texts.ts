import type { PresetName } from '../../../domain/generation/preset.js';
import { defaultLanguage, loadTexts, type Translator } from './translator.js';

/** What the chat calls the presets, for the other ways in. Its texts are read when the first one is asked for. */
export function presetTexts() {
  let texts: Translator | undefined;
  return (preset: PresetName): { readonly name: string; readonly description: string } => {
    texts ??= loadTexts()(defaultLanguage);
    return { name: texts.plain(`preset-${preset}`), description: texts.plain(`preset-about-${preset}`) };
  };
}

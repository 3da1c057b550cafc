import type { PresetTexts } from '../adapters/api/api-services.js';
import { defaultLanguage, loadTexts, type Translator } from '../adapters/telegram/wording/translator.js';
import type { PresetName } from '../domain/generation/preset.js';

/** What the chat calls the presets, for the other ways in. Its texts are read when the first one is asked for. */
export function presetTexts(): (preset: PresetName) => PresetTexts {
  let texts: Translator | undefined;
  return (preset) => {
    texts ??= loadTexts()(defaultLanguage);
    return { name: texts.plain(`preset-${preset}`), description: texts.plain(`preset-about-${preset}`) };
  };
}

import { presetNames } from '../../../domain/generation/preset.js';
import { presetsFor } from '../../../domain/generation/routing.js';
import type { Translator } from './translator.js';

const withLora = presetsFor({ kind: 'lora' });
const names = presetNames.filter((name) => !withLora.includes(name));

/** The presets that take a finetune only, for a text that names them. */
export const finetunePresets = (texts: Translator) => ({
  presets: names.map((name) => texts.plain(`preset-${name}`)).join(', '),
  count: names.length,
});

import { type AspectRatio, aspectRatioOf } from '../../../domain/generation/aspect-ratio.js';
import { type PresetName, presets } from '../../../domain/generation/preset.js';

/** What a preset's pictures have when nobody says otherwise. */
export function ratioOf(preset: PresetName): AspectRatio {
  const { imageSize, aspectRatio } = presets[preset];
  return imageSize === null ? aspectRatio : aspectRatioOf(imageSize);
}

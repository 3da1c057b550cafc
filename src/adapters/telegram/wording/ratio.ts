import { type AspectRatio, aspectRatioOf } from '../../../domain/generation/aspect-ratio.js';
import { type PresetName, presets } from '../../../domain/generation/preset.js';

/** The ratio of a preset's pictures unless another one is chosen. */
export function ratioOf(preset: PresetName): AspectRatio {
  const { imageSize, aspectRatio } = presets[preset];
  return imageSize === null ? aspectRatio : aspectRatioOf(imageSize);
}

import { describe, expect, it } from 'vitest';
import {
  aspectRatioOf,
  aspectRatios,
  imageSizeFor,
  imageSizes,
  pixels,
} from '../../../src/domain/generation/aspect-ratio.js';
import { defaultPreset, isPresetName, presetNames, presets } from '../../../src/domain/generation/preset.js';

describe('presets', () => {
  // What an order does not show; the rest of the table is read from the orders in routing.test.ts.
  it.each([
    ['fast', { from: 15, to: 25 }],
    ['balanced', { from: 25, to: 35 }],
    ['quality', { from: 40, to: 60 }],
    ['portrait', null],
    ['landscape', null],
    ['artistic', null],
    ['photorealistic', null],
    ['ultra', { from: 60, to: 90 }],
  ] as const)('%s takes as long as tabled', (name, expectedSeconds) => {
    expect(presets[name].expectedSeconds).toEqual(expectedSeconds);
  });

  it('are eight, balanced by default', () => {
    expect(Object.keys(presets)).toEqual([...presetNames]);
    expect(presetNames).toHaveLength(8);
    expect(defaultPreset).toBe('balanced');
  });

  it('are known by their exact names', () => {
    expect(presetNames.every(isPresetName)).toBe(true);
    for (const other of ['Fast', 'constructor', '', null, 0]) expect(isPresetName(other)).toBe(false);
  });

  it('ultra has no steps, guidance, size or LoRA scale', () => {
    expect(presets.ultra).toMatchObject({ steps: null, guidance: null, imageSize: null, loraScale: null });
  });
});

describe('aspect ratios', () => {
  it('turn into a size of the very same ratio, or into none', () => {
    for (const ratio of aspectRatios) {
      const size = imageSizeFor(ratio, 'landscape_4_3');
      if (size === null) expect(['21:9', '9:21', '2:3', '3:2']).toContain(ratio);
      else expect(aspectRatioOf(size)).toBe(ratio);
    }
  });

  it('1:1 stays small on a small preset only', () => {
    expect(imageSizeFor('1:1', 'square')).toBe('square');
    expect(imageSizeFor('1:1', null)).toBe('square_hd');
  });

  it.each([...imageSizes, ...aspectRatios])('%s has the pixels of its shape', (name) => {
    const { width, height } = pixels(name);
    const ratio =
      aspectRatios.find((each) => each === name) ??
      aspectRatioOf(imageSizes.find((each) => each === name) ?? 'square');
    const [across = 1, down = 1] = ratio.split(':').map(Number);
    expect(Math.abs(width / height / (across / down) - 1)).toBeLessThan(0.02);
  });

  it('are about four megapixels on ultra', () => {
    for (const ratio of aspectRatios) {
      const { width, height } = pixels(ratio);
      expect(width * height).toBeGreaterThan(4_100_000);
      expect(width * height).toBeLessThan(4_300_000);
    }
  });
});

import { describe, expect, it } from 'vitest';
import { type GenerationConfig, readConfig } from '../../../src/domain/generation/generation-config.js';
import { presetNames, presets } from '../../../src/domain/generation/preset.js';

describe('a config', () => {
  it.each(presetNames)('may be the entry %s, and changes nothing then', (name) => {
    const entry: GenerationConfig = presets[name];
    for (const config of [entry, { ...entry }, JSON.parse(JSON.stringify(entry))])
      expect(readConfig(config)).toMatchObject({ preset: name, overrides: {}, problems: [] });
  });

  it('may be an entry with changes: what differs was written by hand', () => {
    const config: GenerationConfig = { ...presets.balanced, steps: 40, finetune_strength: 0.5 };
    expect(readConfig(config)).toMatchObject({
      preset: 'balanced',
      overrides: { steps: 40, finetuneStrength: 0.5 },
      problems: [],
    });
  });

  it('understands the old names', () => {
    const config: GenerationConfig = {
      num_inference_steps: 35,
      guidance_scale: 4,
      image_size: 'square_hd',
      lora_scale: 1.1,
      safety_tolerance: '2',
      num_images: 2,
      output_format: 'png',
      seed: 7,
      enable_safety_checker: true,
    };
    expect(readConfig(config)).toMatchObject({
      preset: undefined,
      overrides: {
        steps: 35,
        guidance: 4,
        imageSize: 'square_hd',
        loraScale: 1.1,
        safety: 2,
        count: 2,
        format: 'png',
        seed: 7,
      },
      problems: [],
    });
  });

  it('takes use_ultra for the preset', () => {
    const config: GenerationConfig = { use_ultra: true, aspect_ratio: '16:9', raw: false };
    expect(readConfig(config)).toMatchObject({
      preset: 'ultra',
      overrides: { aspectRatio: '16:9', raw: false },
      problems: [],
    });
    expect(readConfig({ use_ultra: false })).toMatchObject({
      preset: undefined,
      overrides: {},
      problems: [],
    });
  });

  it('may leave values open', () => {
    for (const config of [undefined, null, {}, { seed: null, steps: undefined }])
      expect(readConfig(config)).toMatchObject({ preset: undefined, overrides: {}, problems: [] });
  });

  it.each([
    ['ultra', ['config']],
    [['ultra'], ['config']],
    [{ use_ultra: 'yes' }, ['use_ultra']],
    [{ use_ultra: true, preset: 'fast' }, ['use_ultra']],
    [{ ...presets.fast, use_ultra: true }, ['use_ultra']],
    [{ ...presets.fast, preset: 'quality' }, ['preset']],
    [{ preset: 7 }, ['preset']],
    [{ enable_safety_checker: false }, ['enable_safety_checker']],
    [{ steps: 20, num_inference_steps: 30 }, ['num_inference_steps']],
    [{ enable_safety_checker: 1, use_ultra: 1 }, ['use_ultra', 'enable_safety_checker']],
  ])('%j is refused by name', (config, fields) => {
    expect(readConfig(config).problems.map(({ field }) => field)).toEqual(fields);
  });

  it('keeps what nobody knows, to be refused with everything else', () => {
    const config = JSON.parse('{"__proto__": 1, "constructor": 2, "stepps": 3, "name": "fast"}');
    expect(Object.keys(readConfig(config).overrides).sort()).toEqual([
      '__proto__',
      'constructor',
      'name',
      'stepps',
    ]);
  });

  it('calls a field what its writer calls it', () => {
    const { asWritten } = readConfig({ num_inference_steps: 99, count: 9 });
    expect(asWritten({ field: 'steps', code: 'out_of_range' })).toMatchObject({
      field: 'num_inference_steps',
    });
    expect(asWritten({ field: 'count', code: 'out_of_range' })).toMatchObject({ field: 'count' });
  });
});

import type { Problem } from '../errors.js';
import type { Overrides } from './overrides.js';
import {
  isPresetName,
  type Preset,
  type PresetName,
  presetNames,
  presets,
  safetyTolerances,
  useUltraPreset,
} from './preset.js';

type Given<Values> = { readonly [Key in keyof Values]?: Values[Key] | null | undefined };

/** What the old system called single values of a config. */
interface OldNames {
  readonly num_inference_steps: Overrides['steps'];
  readonly guidance_scale: Overrides['guidance'];
  readonly image_size: Overrides['imageSize'];
  readonly aspect_ratio: Overrides['aspectRatio'];
  readonly lora_scale: Overrides['loraScale'];
  readonly finetune_strength: Overrides['finetuneStrength'];
  readonly safety_tolerance: Preset['safetyTolerance'] | Overrides['safety'];
  readonly num_images: Overrides['count'];
  readonly output_format: Overrides['format'];
  /** True means the preset `ultra`. */
  readonly use_ultra: boolean;
  /** It stays on. */
  readonly enable_safety_checker: true;
}

/**
 * What to change of the defaults: a preset by name, or a whole entry of the presets, and any single value of it, in
 * our names or the old system's. `null` stands for "no such value". A key that is neither is refused.
 */
export interface GenerationConfig extends Given<Overrides>, Given<OldNames> {
  /** A `PresetName`; an unknown one is refused with their list. Default `balanced`. */
  readonly preset?: string | undefined;
  /** As `safety`, in the form it has in a preset. */
  readonly safetyTolerance?: Preset['safetyTolerance'] | undefined;
  /** Of an entry of the presets. */
  readonly name?: PresetName | undefined;
  readonly expectedSeconds?: Preset['expectedSeconds'] | undefined;
}

/** A config as our own names have it; `overrides` may still hold keys and values that nobody takes. */
export interface ReadConfig {
  readonly preset: string | undefined;
  readonly overrides: Overrides;
  /** What can only be said of the config as it was written. */
  readonly problems: readonly Problem[];
  /** Names a field the way it was written. */
  readonly asWritten: (problem: Problem) => Problem;
}

const otherNames: ReadonlyMap<string, keyof Overrides> = new Map([
  ['num_inference_steps', 'steps'],
  ['guidance_scale', 'guidance'],
  ['image_size', 'imageSize'],
  ['aspect_ratio', 'aspectRatio'],
  ['lora_scale', 'loraScale'],
  ['finetune_strength', 'finetuneStrength'],
  ['safety_tolerance', 'safety'],
  ['safetyTolerance', 'safety'],
  ['num_images', 'count'],
  ['output_format', 'format'],
] as const);

/** Reads a config whoever wrote it. A value that came with a preset is the preset's affair, not a change of it. */
export function readConfig(config: unknown): ReadConfig {
  const asIs = { preset: undefined, overrides: {}, asWritten: (problem: Problem) => problem };
  if (config === undefined || config === null) return { ...asIs, problems: [] };
  if (typeof config !== 'object' || Array.isArray(config))
    return { ...asIs, problems: [{ field: 'config', code: 'malformed', allowed: 'an object' }] };
  const values = new Map<string, unknown>(Object.entries(config));
  const entry = presetEntry(values);
  const byHand = [...values].filter(
    ([key, value]) => value !== null && value !== undefined && !cameWith(entry, key, value),
  );
  const overrides = new Map<string, unknown>();
  const written = new Map<string, string>();
  const problems: Problem[] = [];
  for (const [key, value] of byHand) {
    if (key === 'preset' || key === 'use_ultra') continue;
    if (key === 'enable_safety_checker') {
      if (value !== true) problems.push({ field: key, code: 'not_supported', allowed: 'true' });
      continue;
    }
    const name = otherNames.get(key) ?? key;
    const earlier = written.get(name);
    const read = name === 'safety' && key !== name ? asTolerance(value) : value;
    if (earlier !== undefined && overrides.get(name) !== read)
      problems.push({ field: key, code: 'not_supported', allowed: `${earlier} | ${key}` });
    overrides.set(name, read);
    written.set(name, key);
  }
  const { preset, problem } = presetOf(new Map(byHand), entry);
  return {
    preset,
    overrides: Object.fromEntries(overrides),
    problems: problem === null ? problems : [problem, ...problems],
    asWritten: (found) => ({ ...found, field: written.get(found.field) ?? found.field }),
  };
}

/** The preset that the config is an entry of, changed or not: nobody writes these two keys by hand. */
function presetEntry(values: ReadonlyMap<string, unknown>): PresetName | null {
  const name = values.get('name');
  return values.has('expectedSeconds') && isPresetName(name) ? name : null;
}

function cameWith(entry: PresetName | null, key: string, value: unknown): boolean {
  if (entry === null) return false;
  if (key === 'name' || key === 'expectedSeconds') return true;
  return new Map<string, unknown>(Object.entries(presets[entry])).get(key) === value;
}

/** A config that names its preset in several ways must name the same one. */
function presetOf(
  values: ReadonlyMap<string, unknown>,
  entry: PresetName | null,
): { preset: string | undefined; problem: Problem | null } {
  const useUltra = values.get('use_ultra');
  const named = values.get('preset');
  const wanted = [named, entry ?? undefined, useUltra === true ? useUltraPreset : undefined];
  const [preset, ...others] = new Set(wanted.filter((one) => one !== undefined));
  const problem = (field: string, allowed: string): Problem => ({ field, code: 'not_supported', allowed });
  if (useUltra !== undefined && typeof useUltra !== 'boolean')
    return { preset: undefined, problem: problem('use_ultra', 'true, false') };
  if (named !== undefined && typeof named !== 'string')
    return { preset: undefined, problem: problem('preset', presetNames.join(', ')) };
  if (others.length > 0)
    return { preset: named, problem: problem(useUltra === true ? 'use_ultra' : 'preset', 'preset: one') };
  return { preset: typeof preset === 'string' ? preset : undefined, problem: null };
}

const asTolerance = (value: unknown): unknown =>
  safetyTolerances.some((tolerance) => tolerance === value) ? Number(value) : value;

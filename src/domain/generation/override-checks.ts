import { modelFacts, modelKinds, type StrengthName, strengthNames } from '../avatar/avatar-model.js';
import type { Problem } from '../errors.js';
import { cut, shown } from '../text/cut-text.js';
import { imageSizes } from './aspect-ratio.js';
import { type EndpointFacts, firstChoice, kindsWith, type Range, seedRange } from './endpoint-catalogue.js';
import { isOverrideName, type Overrides, overrideNames } from './overrides.js';
import { imageFormats, presetNames, safetyTolerances } from './preset.js';

/**
 * Everything wrong with `overrides` when any one of `endpoints` may take a value: one problem for each wrong
 * field, `allowed` in words of no language. Several endpoints are given when the avatar is not chosen yet, or
 * when one stands in for another.
 */
export function checkOverridesAgainst(
  overrides: Overrides,
  endpoints: readonly EndpointFacts[],
): readonly Problem[] {
  const strengths = endpoints.map(({ needs }) => modelFacts[needs].strength);
  const ratios = [...new Set(endpoints.flatMap(({ aspectRatios }) => aspectRatios))];
  const takesSizes = endpoints.some(({ family }) => family === 'image_size');
  const tolerances = endpoints.some(({ safetyTolerance }) => safetyTolerance)
    ? safetyTolerances.map(Number)
    : [];
  const raw = endpoints.some((endpoint) => endpoint.raw) ? [true, false] : [];
  const problems = [
    ...unknownNames(overrides),
    inRange('steps', overrides.steps, present(endpoints.map(({ steps }) => steps)), { whole: true }),
    inRange('guidance', overrides.guidance, present(endpoints.map(({ guidance }) => guidance))),
    oneOf(
      'imageSize',
      overrides.imageSize,
      takesSizes ? imageSizes : [],
      `aspectRatio: ${ratios.join(', ')}`,
    ),
    oneOf('aspectRatio', overrides.aspectRatio, ratios),
    inRange('strength', overrides.strength, strengths),
    ...strengthNames.map((name) => {
      const named = strengths.filter((strength) => strength.name === name);
      return inRange(name, overrides[name], named, { instead: othersThan(name).join(', ') });
    }),
    oneOf('safety', overrides.safety, tolerances, `model: ${kindsWith('safetyTolerance').join(', ')}`),
    inRange('seed', overrides.seed, [seedRange], { whole: true }),
    inRange(
      'count',
      overrides.count,
      endpoints.map(({ count }) => count),
      { whole: true },
    ),
    oneOf('format', overrides.format, imageFormats),
    oneOf('raw', overrides.raw, raw, `preset: ${rawPresets.join(', ')}`),
  ];
  const found = problems.filter((problem) => problem !== null);
  const named = new Set(found.map(({ field }) => field));
  return [...found, ...contradictions(overrides).filter(({ field }) => !named.has(field))];
}

/** An unknown name is a mistake: ignoring it would buy a wrong picture. */
const unknownNames = (overrides: object): Problem[] =>
  Object.entries(overrides)
    .filter(([name, value]) => value !== undefined && !isOverrideName(name))
    .map(([name]) => ({
      field: cut(name, 40),
      code: 'unknown_value',
      allowed: overrideNames.join(', '),
    }));

const rawPresets = presetNames.filter((preset) =>
  modelKinds.some((kind) => firstChoice(kind, preset)?.raw === true),
);

const othersThan = (name: StrengthName) => ['strength', ...strengthNames.filter((other) => other !== name)];

/** Two values for the same thing: nobody can know which of them is meant. */
function contradictions(overrides: Overrides): Problem[] {
  const problems: Problem[] = [];
  if (overrides.imageSize !== undefined && overrides.aspectRatio !== undefined) {
    problems.push({ field: 'imageSize', code: 'not_supported', allowed: 'imageSize | aspectRatio' });
  }
  if (overrides.strength !== undefined && strengthNames.some((name) => overrides[name] !== undefined)) {
    const allowed = ['strength', ...strengthNames].join(' | ');
    problems.push({ field: 'strength', code: 'not_supported', allowed });
  }
  return problems;
}

interface NumberRule {
  readonly whole?: boolean;
  /** What to set instead where this cannot be set at all. */
  readonly instead?: string;
}

/** `null` when `value` is absent or lies in one of `ranges`. */
export function inRange(
  field: string,
  value: unknown,
  ranges: readonly Range[],
  { whole = false, instead }: NumberRule = {},
): Problem | null {
  if (value === undefined) return null;
  if (ranges.length === 0) return notSupported(field, instead);
  const distinct = new Set(ranges.map(({ from, to }) => `${from}-${to}`));
  const allowed = [...distinct].join(', ');
  const problem = { field, received: shown(value, 40), allowed };
  if (typeof value !== 'number' || Number.isNaN(value)) return { ...problem, code: 'malformed' };
  if (!ranges.some(({ from, to }) => from <= value && value <= to))
    return { ...problem, code: 'out_of_range' };
  return whole && !Number.isInteger(value) ? { ...problem, code: 'malformed' } : null;
}

function oneOf(field: string, value: unknown, allowed: readonly unknown[], instead?: string): Problem | null {
  if (value === undefined || allowed.includes(value)) return null;
  if (allowed.length === 0) return notSupported(field, instead);
  return { field, code: 'unknown_value', received: shown(value, 40), allowed: allowed.join(', ') };
}

const notSupported = (field: string, allowed?: string): Problem => ({
  field,
  code: 'not_supported',
  ...(allowed === undefined ? {} : { allowed }),
});

const present = <T>(values: readonly (T | null)[]): T[] => values.filter((value) => value !== null);

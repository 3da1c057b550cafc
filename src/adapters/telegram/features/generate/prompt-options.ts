import type { TypedRequest } from '../../../../application/composer/typed-request.js';
import type { Problem } from '../../../../domain/errors.js';
import type { Overrides } from '../../../../domain/generation/overrides.js';
import { numericOverrides } from '../../../../domain/generation/overrides.js';
import { presetNames, useUltraPreset } from '../../../../domain/generation/preset.js';

type Target = keyof Overrides | 'preset' | 'avatar' | 'ultra' | 'checker';

/** The options named to somebody who mistyped one. */
const offered = {
  ar: 'aspectRatio',
  seed: 'seed',
  n: 'count',
  preset: 'preset',
  avatar: 'avatar',
  steps: 'steps',
  guidance: 'guidance',
  strength: 'strength',
  safety: 'safety',
  format: 'format',
  raw: 'raw',
} as const satisfies Record<string, Target>;

/** Other words for the same, the old system's among them. */
const options: ReadonlyMap<string, Target> = new Map<string, Target>([
  ...Object.entries(offered),
  ['ratio', 'aspectRatio'],
  ['aspect', 'aspectRatio'],
  ['aspect-ratio', 'aspectRatio'],
  ['image-size', 'imageSize'],
  ['count', 'count'],
  ['num-images', 'count'],
  ['p', 'preset'],
  ['num-inference-steps', 'steps'],
  ['cfg', 'guidance'],
  ['guidance-scale', 'guidance'],
  ['lora-scale', 'loraScale'],
  ['finetune-strength', 'finetuneStrength'],
  ['safety-tolerance', 'safety'],
  ['output-format', 'format'],
  ['use-ultra', 'ultra'],
  ['enable-safety-checker', 'checker'],
]);

const optionNames = Object.keys(offered)
  .map((name) => `--${name}`)
  .join(', ');

/**
 * Phones turn two hyphens into a dash, and people also write a dash before ordinary words: after a dash only Latin
 * letters are taken for an option. A value may stand in quotes.
 */
const option =
  /(?:^|\s)(?:--(?<name>\p{L}[\p{L}\p{N}_-]*)|(?:—|–)(?<dashed>[a-z][a-z0-9_-]*))(?:(?<sign>\s+|=)(?<value>"[^"]*"|“[^”]*”|«[^»]*»|(?!--|—|–)\S+))?/giu;

/** As on a command line: `-n 4`, `-p ultra`. Other words with one hyphen belong to the prompt. */
const short = new RegExp(`(^|\\s)-(n(?=[\\s=]*\\d)|p(?=[\\s=]+(?:${presetNames.join('|')})\\b))`, 'giu');

const numbers: readonly Target[] = numericOverrides;
/** They need no value: what follows belongs to the prompt, unless it is `true` or `false`. */
const flags: readonly Target[] = ['raw', 'ultra', 'checker'];

/** Reads `a knight --ar 16:9 --seed 42 --n 4 --preset ultra`. Values are judged by the use case. */
export function readPrompt(text: string): TypedRequest {
  const values: Record<string, unknown> = {};
  const problems: Problem[] = [];
  const prompt = text.replace(short, '$1--$2').replace(option, (...match: unknown[]) => {
    const { name, dashed, sign, value } = match.at(-1) as Record<string, string | undefined>;
    const typed = `--${name ?? dashed ?? ''}`;
    const target = options.get(typed.slice(2).toLowerCase().replaceAll('_', '-'));
    if (target === undefined) {
      problems.push({ field: 'option', code: 'unknown_value', received: typed, allowed: optionNames });
    } else if (flags.includes(target)) {
      const isValue = sign === '=' || /^(true|false)$/i.test(value ?? '');
      values[target] = isValue ? asBoolean(unquoted(value ?? '')) : true;
      return isValue || value === undefined ? ' ' : `${sign}${value}`;
    } else if (value === undefined) problems.push({ field: typed, code: 'required' });
    else values[target] = valueFor(target, unquoted(value));
    return ' ';
  });
  const { avatar, ultra, checker, preset: named, ...overrides } = values;
  const preset = typeof named === 'string' ? named.toLowerCase() : undefined;
  const isOther = preset !== undefined && preset !== useUltraPreset;
  if (typeof ultra === 'string' || (ultra === true && isOther))
    problems.push({ field: '--use-ultra', code: 'not_supported', allowed: `--preset ${useUltraPreset}` });
  if (checker !== undefined && checker !== true)
    problems.push({ field: '--enable-safety-checker', code: 'not_supported', allowed: 'true' });
  return {
    prompt: prompt.replace(/[^\S\n]+/gu, ' ').trim(),
    preset: ultra === true ? (preset ?? useUltraPreset) : preset,
    avatar: typeof avatar === 'string' ? avatar : undefined,
    overrides,
    problems,
  };
}

/** Whether there are only words. */
export const isPlain = ({ preset, avatar, overrides, problems }: TypedRequest): boolean =>
  preset === undefined &&
  avatar === undefined &&
  problems.length === 0 &&
  Object.keys(overrides).length === 0;

const unquoted = (value: string): string => value.replace(/^["“«](.*)["”»]$/u, '$1');

function asBoolean(value: string): unknown {
  const word = value.toLowerCase();
  return word === 'true' || word === 'false' ? word === 'true' : value;
}

function valueFor(target: Target, value: string): unknown {
  if (numbers.includes(target)) {
    const number = Number(value.replace(',', '.'));
    // What is no number is told as it was written.
    return Number.isNaN(number) ? value : number;
  }
  if (target === 'aspectRatio') return value.replace(/[x×/]/iu, ':');
  if (target === 'format') return value.toLowerCase().replace(/^jpg$/, 'jpeg');
  return value;
}

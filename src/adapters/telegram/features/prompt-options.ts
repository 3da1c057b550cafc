import type { Problem } from '../../../domain/errors.js';
import type { Overrides } from '../../../domain/overrides.js';

/** A prompt as it was typed, with the options taken out. */
export interface TypedWish {
  readonly prompt: string;
  readonly preset?: string | undefined;
  readonly avatar?: string | undefined;
  readonly overrides: Overrides;
  /** Options that do not exist or lack their value. */
  readonly problems: readonly Problem[];
}

type Target = keyof Overrides | 'preset' | 'avatar';

const options: Readonly<Record<string, Target>> = {
  ar: 'aspectRatio',
  ratio: 'aspectRatio',
  aspect: 'aspectRatio',
  seed: 'seed',
  n: 'count',
  count: 'count',
  preset: 'preset',
  p: 'preset',
  avatar: 'avatar',
  steps: 'steps',
  guidance: 'guidance',
  cfg: 'guidance',
  strength: 'strength',
  safety: 'safety',
  format: 'format',
  raw: 'raw',
};

/** As they are told to somebody who mistyped one. */
export const optionNames = Object.keys(options)
  .filter((name) => !['ratio', 'aspect', 'count', 'p', 'cfg'].includes(name))
  .map((name) => `--${name}`)
  .join(', ');

/** Phones make a dash of two hyphens. A value may stand in quotes. */
const option = /(?:^|\s)(?:--|—|–)([a-z]+)(?:(?:\s+|=)("[^"]*"|“[^”]*”|«[^»]*»|(?!--|—|–)\S+))?/giu;

const numbers: readonly Target[] = ['seed', 'count', 'steps', 'guidance', 'strength', 'safety'];

/** Reads `a knight --ar 16:9 --seed 42 --n 4 --preset ultra`. Values are judged by the use case. */
export function readPrompt(text: string): TypedWish {
  const values: Record<string, unknown> = {};
  const problems: Problem[] = [];
  const prompt = text.replace(option, (whole: string, name: string, raw: string | undefined) => {
    const target = options[name.toLowerCase()];
    if (target === undefined) {
      problems.push({
        field: 'option',
        code: 'unknown_value',
        received: `--${name}`,
        allowed: optionNames,
      });
      return ' ';
    }
    if (target === 'raw') {
      values.raw = true;
      // `--raw` takes no value: what follows is prompt again.
      return raw === undefined ? ' ' : whole.slice(whole.indexOf(name) + name.length);
    }
    if (raw === undefined) problems.push({ field: `--${name}`, code: 'required' });
    else values[target] = valueFor(target, unquoted(raw));
    return ' ';
  });
  const { preset, avatar, ...overrides } = values;
  return {
    prompt: prompt.replace(/[^\S\n]+/gu, ' ').trim(),
    preset: typeof preset === 'string' ? preset.toLowerCase() : undefined,
    avatar: typeof avatar === 'string' ? avatar : undefined,
    overrides,
    problems,
  };
}

const unquoted = (value: string): string => value.replace(/^["“«](.*)["”»]$/u, '$1');

function valueFor(target: Target, value: string): unknown {
  if (numbers.includes(target)) return Number(value.replace(',', '.'));
  if (target === 'aspectRatio') return value.replace(/[x×/]/iu, ':');
  if (target === 'format') return value.toLowerCase().replace(/^jpg$/, 'jpeg');
  return value;
}

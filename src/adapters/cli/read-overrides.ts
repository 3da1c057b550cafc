import { type Command, Option } from 'commander';
import type { GenerationConfig } from '../../domain/generation/generation-config.js';
import { numericOverrides } from '../../domain/generation/overrides.js';
import { numberOrText } from './number-or-text.js';

const textual = ['aspectRatio', 'imageSize', 'format'] as const;

/** What the chat understands too, by the name that it has here. Not offered. */
const otherWords = { n: 'count', ratio: 'aspectRatio', aspect: 'aspectRatio', cfg: 'guidance' } as const;

/** The old system's names, which are understood and not offered. */
const oldNumeric = ['num_inference_steps', 'guidance_scale', 'num_images'] as const;
const oldTextual = ['safety_tolerance', 'output_format'] as const;
const oldFlags = ['use_ultra', 'enable_safety_checker'] as const;

export function addConfigOptions(command: Command): void {
  command
    .option('--ar, --aspect-ratio <w:h>', '1:1 3:4 4:3 9:16 16:9, on ultra also 21:9 9:21 2:3 3:2')
    .option('--image-size <size>', 'square, square_hd, portrait_4_3 and so on, instead of a ratio')
    .option('-n, --count <1-4>', 'images in one go')
    .option('--seed <n>', 'the same seed gives the same image')
    .option('--steps <n>', 'inference steps, 1-50')
    .option('--guidance <n>', 'guidance scale')
    .option('--strength <n>', 'LoRA scale 0-4 or finetune strength 0-2')
    .option('--lora-scale <n>', '0-4; LoRAs only')
    .option('--finetune-strength <n>', '0-2; finetunes only')
    .option('--safety <1|2|3>', '1 strict, 2 standard, 3 soft; finetunes only')
    .option('--format <format>', 'jpeg or png')
    .option('--raw', 'less processed; ultra only');
  for (const name of [...oldNumeric, ...oldTextual])
    command.addOption(new Option(`${flagOf(name)} <value>`).hideHelp());
  for (const name of oldFlags) command.addOption(new Option(flagOf(name)).hideHelp());
  for (const word of Object.keys(otherWords)) command.addOption(new Option(`--${word} <value>`).hideHelp());
}

/**
 * Turns the text of options into a config. What is no number stays the text it was: the domain names it as
 * malformed, together with everything else that is wrong.
 */
export function readOverrides(typed: Readonly<Record<string, unknown>>): GenerationConfig {
  const options = { ...meant(typed), ...typed };
  const values: Record<string, unknown> = {};
  const take = (name: string, option: string, read: (value: unknown) => unknown) => {
    if (options[option] !== undefined) values[name] = read(options[option]);
  };
  const asIs = (value: unknown) => value;
  const number = (value: unknown) => (typeof value === 'string' ? numberOrText(value) : value);
  for (const name of numericOverrides) take(name, name, number);
  for (const name of [...textual, 'raw']) take(name, name, asIs);
  for (const name of oldNumeric) take(name, camelCased(name), number);
  for (const name of [...oldTextual, ...oldFlags]) take(name, camelCased(name), asIs);
  return values;
}

/** The other words under their own names. */
const meant = (typed: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(otherWords)
      .filter(([word]) => typed[word] !== undefined)
      .map(([word, name]) => [name, typed[word]]),
  );

const flagOf = (name: string): string => `--${name.replaceAll('_', '-')}`;

const camelCased = (name: string): string =>
  name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

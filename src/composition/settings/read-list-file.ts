import { readFile } from 'node:fs/promises';
import { describeProblem, type Problem } from '../../domain/errors.js';
import { ConfigError } from './config.js';

type Entry = Readonly<Record<string, unknown>>;

/** A file of the operator's: a list of things that all have these keys. */
interface ListFile {
  /** The setting that names it. */
  readonly setting: string;
  readonly path: string;
  /** As its problems name them: `offers[0].stars`. */
  readonly items: string;
  readonly keys: readonly string[];
}

/** @throws ConfigError naming all that is wrong with it */
export async function readListFile<Item>(
  { setting, path, items, keys }: ListFile,
  asItem: (entry: Entry) => Item,
  problemsOf: (found: readonly Item[]) => readonly Problem[],
): Promise<readonly Item[]> {
  const wrong = (why: string) => new ConfigError([`${setting} "${path}" ${why}`]);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw wrong(`cannot be read: ${messageOf(error)}`);
  });
  const entries = parse(text, items, wrong);
  const found = entries.map(asItem);
  const problems = [
    ...entries.flatMap((entry, index) =>
      Object.keys(entry)
        .filter((key) => !keys.includes(key))
        .map((key) => `${items}[${index}].${key} is unknown; allowed: ${keys.join(', ')}`),
    ),
    ...problemsOf(found).map(describeProblem),
  ];
  if (problems.length > 0) throw wrong(`is not as it should be:\n${problems.join('\n')}`);
  return found;
}

function parse(text: string, items: string, wrong: (why: string) => ConfigError): Entry[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw wrong(`is no JSON: ${messageOf(error)}`);
  }
  if (!Array.isArray(value) || value.some((entry) => typeof entry !== 'object' || entry === null))
    throw wrong(`is no list of ${items}`);
  return value;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

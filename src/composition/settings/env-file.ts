import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { ConfigError } from './config.js';

type Variables = Readonly<Record<string, string | undefined>>;

/** The settings of a program, and where they were read. */
export interface Settings {
  /** The environment, and below it what the file says. */
  readonly variables: Variables;
  /** The file's full path; null if there is none. */
  readonly file: string | null;
}

/**
 * Reads the settings file, as editors of all systems save it: UTF-8 or UTF-16, with a byte order mark or without,
 * lines ended in any way. What the environment has already wins.
 * @throws ConfigError when it cannot be read whole: half of the settings may start the sandbox for real people
 */
export function readSettings(path: string, environment: Variables): Settings {
  if (!existsSync(path)) return { variables: environment, file: null };
  const file = resolve(path);
  const text = decoded(readFileSync(file), file);
  const problems = strangeLines(text).map(
    (line) => `${file}: line ${line} is not of the form NAME=value (a comment begins with #)`,
  );
  if (problems.length > 0) throw new ConfigError(problems);
  return { variables: { ...parseEnv(text), ...environment }, file };
}

function decoded(bytes: Buffer, file: string): string {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : 'utf-8';
  try {
    // The decoder takes the byte order mark away.
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text.replace(/\r\n?/g, '\n');
  } catch {
    // Said below: either way these bytes are no text that can be trusted.
  }
  throw new ConfigError([`${file} is not a text file in UTF-8 or UTF-16. Save it again as UTF-8.`]);
}

/** Numbers of the lines, from 1, that say nothing: Node's parser would take them for a part of the next name. */
function strangeLines(text: string): number[] {
  const blank = (quoted: string) => quoted.replace(/[^\n]/g, '');
  return text
    .replace(/(?<==[ \t]*)(["'`])[\s\S]*?\1/g, blank)
    .split('\n')
    .flatMap((line, index) => (/^\s*(#.*)?$|^\s*(export\s+)?[\w.-]+\s*=/.test(line) ? [] : [index + 1]));
}

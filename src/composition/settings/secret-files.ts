import { readFileSync, statSync } from 'node:fs';

type Variables = Readonly<Record<string, string | undefined>>;

/** What the files hold, by the name of the setting; `broken` are those that were given and cannot be used. */
export interface SecretFiles {
  readonly texts: ReadonlyMap<string, string>;
  readonly broken: ReadonlySet<string>;
  /** Sentences that name files and never what stands in them. */
  readonly problems: readonly string[];
}

/** No key is as long; who names another file by mistake does not have it read. */
const bytesAtMost = 65_536;

/** The file that `variables` name for the secret `name`: `FAL_KEY_FILE` for `FAL_KEY`. Empty values count as absent. */
export function secretFileOf(variables: Variables, name: string): string | null {
  return variables[`${name}_FILE`]?.trim() || null;
}

/** Reads the secrets that stand in files, as Docker, systemd and Kubernetes hand them over. */
export function readSecretFiles(variables: Variables, names: Iterable<string>): SecretFiles {
  const texts = new Map<string, string>();
  const broken = new Set<string>();
  const problems: string[] = [];
  for (const name of names) {
    const path = secretFileOf(variables, name);
    if (path === null) continue;
    const isTwice = (variables[name]?.trim() ?? '') !== '';
    const read = isTwice ? { problem: `and ${name} are both set: keep one of them` } : readOne(path);
    if ('text' in read) texts.set(name, read.text);
    else {
      broken.add(name);
      problems.push(`${name}_FILE ${read.problem}`);
    }
  }
  return { texts, broken, problems };
}

function readOne(path: string): { text: string } | { problem: string } {
  const wrong = (why: string) => ({ problem: `"${path}" ${why}` });
  try {
    const found = statSync(path);
    if (!found.isFile()) return wrong('is not a file');
    if (found.size > bytesAtMost) return wrong('is too large for a secret');
    const text = readFileSync(path, 'utf8').trim();
    if (text === '') return wrong('is empty');
    return /[\r\n]/.test(text) ? wrong('has more than one line') : { text };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return wrong(`cannot be read by this user (${code})`);
  }
}

import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/*
 * Written and read synchronously on purpose: these files are a kilobyte, a call costs tens of microseconds,
 * and the asynchronous ones would wait behind the drawing of pictures for one of libuv's four threads.
 */

/** Replaces `path` in one step: a reader in any process sees the old text or the new one, never half. */
export function writeAtomically(path: string, text: string): void {
  const draft = `${path}.${randomUUID()}.tmp`;
  writeFileSync(draft, text, { mode: 0o600 });
  renameSync(draft, path);
}

/** Writes `path` unless it is there already; says what is in it afterwards. */
export function writeOnce(path: string, text: string): string {
  const draft = `${path}.${randomUUID()}.tmp`;
  writeFileSync(draft, text, { mode: 0o600 });
  try {
    linkSync(draft, path);
    return text;
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    return readFileSync(path, 'utf8');
  } finally {
    rmSync(draft);
  }
}

/** `undefined` when there is no such file. */
export function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocalFal } from '../../../src/sandbox/fal/local-fal.js';
import type { LocalFal, LocalFalOptions } from '../../../src/sandbox/fal/local-fal-options.js';

export type TemporaryFal = LocalFal & { readonly folder: string; remove(): Promise<void> };

export function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'local-fal-'));
}

/** A local fal in a folder of its own, which `remove` deletes. Images take no time unless said. */
export async function startTemporaryFal(options: Partial<LocalFalOptions> = {}): Promise<TemporaryFal> {
  const folder = options.folder ?? (await temporaryFolder());
  const fal = await startLocalFal({ imageMilliseconds: 0, trainingMilliseconds: 0, ...options, folder });
  return {
    ...fal,
    folder,
    remove: async () => {
      await fal.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A clock that stands still until it is told. */
export function stoppedClock() {
  let at = Date.parse('2026-01-01T12:00:00Z');
  return {
    now: () => at,
    advance: (milliseconds: number) => {
      at += milliseconds;
    },
  };
}

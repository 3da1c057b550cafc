import { statSync } from 'node:fs';
import type { Finding } from '../../adapters/cli/cli-host.js';
import { secretFileOf } from '../settings/secret-files.js';
import { secrets } from '../settings/setting-kinds.js';

/** Others can read, write or run it, or the group can change it. A group that only reads is a choice. */
const tooOpen = 0o027;

/** Whether the files that secrets are read from are closed to other users; nothing where there are none. */
export function checkSecretFiles(
  variables: Readonly<Record<string, string | undefined>>,
  settingsFile: string | null,
): Finding[] {
  const named = [...secrets].flatMap((name) => secretFileOf(variables, name) ?? []);
  const inTheSettings = settingsFile !== null && [...secrets].some((name) => (variables[name] ?? '') !== '');
  const paths = [...new Set(inTheSettings ? [...named, settingsFile] : named)];
  // Windows has no such modes.
  if (paths.length === 0 || process.platform === 'win32') return [];
  const open = paths.filter(
    (path) => ((statSync(path, { throwIfNoEntry: false })?.mode ?? 0) & tooOpen) !== 0,
  );
  const subject = 'secrets';
  if (open.length === 0) return [{ subject, ok: true, detail: `closed to other users: ${paths.join(', ')}` }];
  return [
    {
      ...{ subject, ok: true, isWarning: true, detail: `others can read or change ${open.join(', ')}` },
      advice: `chmod g-w,o= ${open.join(' ')}`,
    },
  ];
}

import type { Finding } from '../../adapters/cli/cli-host.js';
import { heicSupport } from '../../adapters/photos/heic-decoder.js';

/** Whether HEIC photos can be read. Without it everything else works: some leave it out for its patents. */
export function checkHeic(version: string | null = heicSupport()): Finding {
  const subject = 'HEIC photos';
  if (version !== null) return { subject, ok: true, detail: `read by libheif-js ${version}` };
  const detail =
    'refused, since libheif-js is not installed: iPhones send HEIC as files. `npm install --include=optional` brings it.';
  return { subject, ok: true, detail };
}

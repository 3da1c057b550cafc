import { closeToOthers } from '../adapters/system/private-files.js';
import type { Logger } from '../application/ports/logger.js';

/**
 * Closes to others what an earlier release, a copy or a wrong umask left open in the data folder. Goes on beside the
 * start: a large gallery takes its time. Returns what ends it.
 */
export function closeFiles(dataDir: string, log: Logger): () => Promise<void> {
  const ending = new AbortController();
  const closing = closeToOthers(dataDir, ending.signal).then(
    ({ closed, refused }) => {
      if (closed > 0) log.info('closed files and folders that others could read', { dataDir, closed });
      if (refused.length > 0)
        log.warn('files that others can read belong to somebody else: see aisha doctor', {
          count: refused.length,
          first: refused[0],
        });
    },
    (error: unknown) => log.warn('files that others can read could not be looked for', { error }),
  );
  return () => {
    ending.abort();
    return closing;
  };
}

import { mkdirSync } from 'node:fs';
import { assemble } from './assembly.js';
import { NextPicture } from './faults/next-picture.js';
import { listen } from './listen.js';
import type { LocalFal, LocalFalOptions } from './local-fal-options.js';
import { routesOf } from './routes.js';

export type { LocalFal, LocalFalOptions } from './local-fal-options.js';

/**
 * Starts a local fal on 127.0.0.1: queue, direct runs, results, webhooks, storage, files, models and prices, as
 * `queue.fal.run`, `fal.run`, `rest.fal.ai` and `api.fal.ai` speak. Its pictures are drawn, not generated.
 * Unfinished requests of an earlier process on the same folder go on.
 *
 * @throws Error (`EADDRINUSE`) when the port is taken
 */
export async function startLocalFal(options: LocalFalOptions): Promise<LocalFal> {
  mkdirSync(options.folder, { recursive: true, mode: 0o700 });
  let url = '';
  const { routes, faults, key, uploads, history, watch, closing } = assemble(options, () => url);
  const server = await listen(routesOf(routes), options.port ?? 0);
  url = server.url;
  watch.start();

  return {
    url,
    runUrl: `${url}/run`,
    queueUrl: `${url}/queue`,
    restUrl: `${url}/rest`,
    apiUrl: `${url}/api`,
    requests: () => history.latest(),
    uploads: () =>
      uploads.latest().map((file) => ({
        ...{ name: file.name, contentType: file.contentType, at: new Date(file.announcedAt) },
        fileUrl: `${url}${uploads.servedPath(file)}`,
        ...(file.lifecycle === undefined ? {} : { lifecycle: file.lifecycle }),
      })),
    faults,
    nextPicture: new NextPicture(faults),
    rotateSigningKey: () => key.rotate(),
    close: async () => {
      watch.close();
      closing.abort();
      await server.close();
    },
  };
}

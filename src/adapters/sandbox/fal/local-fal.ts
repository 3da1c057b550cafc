import { mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { FaultScript } from './faults/fault-script.js';
import { Guard } from './guard.js';
import type { LocalFal, LocalFalOptions } from './local-fal-options.js';
import { outputFiles } from './output-files.js';
import { Studio } from './pictures/studio.js';
import { JobDesk } from './queue/job-desk.js';
import { RequestFolder } from './queue/request-folder.js';
import type { RequestRecord } from './queue/request-record.js';
import { requestRoutes } from './queue/request-routes.js';
import { Slots } from './queue/slots.js';
import { StatusStream } from './queue/status-stream.js';
import { SubmitHistory } from './queue/submit-history.js';
import { submitRoute } from './queue/submit-route.js';
import { resultBodies } from './result-body.js';
import { fileRoutes } from './storage/file-routes.js';
import { InputFiles } from './storage/input-files.js';
import { ServedFiles } from './storage/served-files.js';
import { storageRoutes } from './storage/storage-routes.js';
import { UploadFolder } from './storage/upload-folder.js';

/** The largest file that is taken, in bytes: a training archive of 20 photos of 20 MB fits. */
const largestFile = 512 * 2 ** 20;

/**
 * Starts a local fal on 127.0.0.1: queue, results, webhooks, storage and files, as `https://queue.fal.run` and
 * `https://rest.fal.ai` speak. Its pictures are drawn, not generated. Unfinished requests of an earlier process
 * on the same folder go on.
 *
 * @throws Error (`EADDRINUSE`) when the port is taken
 */
export async function startLocalFal(options: LocalFalOptions): Promise<LocalFal> {
  mkdirSync(options.folder, { recursive: true, mode: 0o700 });
  const now = options.now ?? Date.now;
  const random = options.random ?? Math.random;
  let url = '';
  const queueUrl = () => `${url}/queue`;

  const faults = new FaultScript(options.faultSeed, options.faults);
  const guard = new Guard(faults, options.key, options.log, now);
  const folder = new RequestFolder(options.folder);
  const uploads = new UploadFolder(options.folder, now, largestFile);
  const outputs = outputFiles(new Studio(options.preparedPictures ?? false));
  const served = new ServedFiles(folder, uploads, outputs, now);
  const slots = new Slots(options.concurrency ?? 10);
  const ahead = (record: RequestRecord) => slots.ahead(record.startAt, now());
  const desk = new JobDesk(folder, slots, faults, new InputFiles(served, largestFile), {
    milliseconds: {
      image: options.imageMilliseconds ?? 2000,
      training: options.trainingMilliseconds ?? 10_000,
      language: options.languageMilliseconds ?? 300,
    },
    now,
    random,
  });
  const history = new SubmitHistory();
  const resultBody = resultBodies(outputs, () => url);
  const stream = new StatusStream(folder, queueUrl, now, ahead);

  const app = new Hono()
    .route(
      '/',
      requestRoutes({
        desk,
        folder,
        guard,
        stream,
        resultBody,
        queueUrl,
        now,
        ahead,
        cancelled: () => undefined,
      }),
    )
    .route(
      '/',
      submitRoute({ desk, faults, guard, queueUrl, ahead, accepted: (record) => history.add(record) }),
    )
    .route(
      '/',
      storageRoutes(uploads, guard, () => url, now),
    )
    .route('/', fileRoutes(served, folder, guard));
  app.all('/queue/*', (c) => c.json({ detail: 'Method Not Allowed' }, 405));

  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: options.port ?? 0 });
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', reject);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url,
    queueUrl: queueUrl(),
    restUrl: `${url}/rest`,
    requests: () => history.latest(),
    faults,
    rotateSigningKey: () => undefined,
    close: () =>
      new Promise<void>((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}

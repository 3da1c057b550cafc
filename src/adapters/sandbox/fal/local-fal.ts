import { mkdirSync } from 'node:fs';
import { FaultScript } from './faults/fault-script.js';
import { Guard } from './guard.js';
import { listen } from './listen.js';
import type { LocalFal, LocalFalOptions } from './local-fal-options.js';
import { outputFiles } from './output-files.js';
import { Studio } from './pictures/studio.js';
import { CompletionWatch } from './queue/completion-watch.js';
import { JobDesk } from './queue/job-desk.js';
import { RequestFolder } from './queue/request-folder.js';
import type { RequestRecord } from './queue/request-record.js';
import { ServerRegistry } from './queue/server-registry.js';
import { Slots } from './queue/slots.js';
import { StatusStream } from './queue/status-stream.js';
import { SubmitHistory } from './queue/submit-history.js';
import { resultBodies } from './result-body.js';
import { routesOf } from './routes.js';
import { InputFiles } from './storage/input-files.js';
import { KeptInputs } from './storage/kept-inputs.js';
import { ServedFiles } from './storage/served-files.js';
import { UploadFolder } from './storage/upload-folder.js';
import { SigningKey } from './webhooks/signing-key.js';
import { WebhookCourier } from './webhooks/webhook-courier.js';

export type { LocalFal, LocalFalLogLine, LocalFalOptions } from './local-fal-options.js';

/** The largest file that is taken, in bytes: a training archive of 20 photos of 20 MB fits. */
const largestUpload = 512 * 2 ** 20;
/** Work shorter than that is not worth drawing ahead for: whoever wants the picture asks for it. */
const drawAheadFrom = 200;
/** Each holds a timer and a little memory; real queues have no such limit. */
const mostUnderWay = 20_000;
/** Ten retries in about two hours, as fal documents it. */
const falRetries = [1, 3, 10, 30, 60, 300, 600, 900, 1800, 3600].map((seconds) => seconds * 1000);

/**
 * Starts a local fal on 127.0.0.1: queue, results, webhooks, storage and files, as `https://queue.fal.run` and
 * `https://rest.fal.ai` speak. Its pictures are drawn, not generated. Unfinished requests of an earlier process
 * on the same folder go on.
 *
 * @throws Error (`EADDRINUSE`) when the port is taken
 */
export async function startLocalFal(options: LocalFalOptions): Promise<LocalFal> {
  mkdirSync(options.folder, { recursive: true, mode: 0o700 });
  const { log, now = Date.now, random = Math.random } = options;
  let url = '';
  const baseUrl = () => url;
  const queueUrl = () => `${url}/queue`;

  const faults = new FaultScript(options.faultSeed, options.faults);
  const guard = new Guard(faults, options.key, log, now);
  const folder = new RequestFolder(options.folder);
  const uploads = new UploadFolder(options.folder, now, largestUpload);
  const inputs = new KeptInputs(options.folder);
  const studio = new Studio(options.preparedPictures ?? false);
  const outputs = outputFiles(studio, inputs);
  const served = new ServedFiles(folder, uploads, outputs, now);
  const slots = new Slots(options.concurrency ?? 10);
  const ahead = (record: RequestRecord) => slots.ahead(record.startAt, now());
  const milliseconds = {
    image: options.imageMilliseconds ?? 2000,
    training: options.trainingMilliseconds ?? 10_000,
    language: options.languageMilliseconds ?? 300,
  };
  const sources = { files: new InputFiles(served), inputs };
  const desk = new JobDesk(folder, slots, faults, sources, { milliseconds, now, random });
  const history = new SubmitHistory();
  const key = new SigningKey(options.folder);
  const resultBody = resultBodies(outputs, baseUrl);
  const stream = new StatusStream(folder, queueUrl, now, ahead);
  // Set before it is used: nothing is submitted or taken over before the port is known.
  let watch: CompletionWatch | undefined;

  const server = await listen(
    routesOf({
      ...{
        desk,
        faults,
        guard,
        folder,
        stream,
        resultBody,
        queueUrl,
        baseUrl,
        now,
        ahead,
        uploads,
        served,
        key,
      },
      full: () => (watch?.size ?? 0) >= mostUnderWay,
      accepted: (record) => {
        history.add(record);
        watch?.watch(record);
      },
      cancelled: (record) => watch?.cancelled(record),
    }),
    options.port ?? 0,
  );
  url = server.url;

  const servers = new ServerRegistry(options.folder);
  const closing = new AbortController();
  watch = new CompletionWatch({
    ...{ folder, servers, slots, now },
    courier: new WebhookCourier({ key, faults, resultBody, now, log, signal: closing.signal }),
    retryMilliseconds: options.webhookRetryMilliseconds ?? falRetries,
    started: (record) => drawAhead(studio, record),
    failed: ({ id, endpoint }, error) =>
      log?.({
        ...{ at: new Date(now()), step: 'webhook', method: 'POST', path: '', status: 0, milliseconds: 0 },
        ...{ requestId: id, endpoint, error: String(error) },
      }),
  });

  return {
    url,
    queueUrl: queueUrl(),
    restUrl: `${url}/rest`,
    requests: () => history.latest(),
    uploads: () =>
      uploads.latest().map((file) => ({
        ...{ name: file.name, contentType: file.contentType, at: new Date(file.announcedAt) },
        fileUrl: `${url}${uploads.servedPath(file)}`,
        ...(file.lifecycle === undefined ? {} : { lifecycle: file.lifecycle }),
      })),
    faults,
    rotateSigningKey: () => key.rotate(),
    close: async () => {
      watch?.close();
      closing.abort();
      servers.close();
      await server.close();
    },
  };
}

/** Has the pictures of a running job ready at its end. */
function drawAhead(studio: Studio, record: RequestRecord): void {
  const { startAt, endAt, outcome } = record;
  if (endAt === null || endAt - startAt < drawAheadFrom || outcome.kind !== 'pictures') return;
  studio.drawAhead(record, outcome);
}

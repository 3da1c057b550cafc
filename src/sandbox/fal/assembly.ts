import { FaultScript } from './faults/fault-script.js';
import { Guard } from './guard.js';
import type { LocalFalOptions } from './local-fal-options.js';
import { outputFiles } from './output-files.js';
import { Studio } from './pictures/studio.js';
import { CompletionWatch } from './queue/completion-watch.js';
import { JobIntake } from './queue/job-intake.js';
import { RequestFolder } from './queue/request-folder.js';
import type { RequestRecord } from './queue/request-record.js';
import { ServerRegistry } from './queue/server-registry.js';
import { Slots } from './queue/slots.js';
import { StatusStream } from './queue/status-stream.js';
import { SubmitHistory } from './queue/submit-history.js';
import { resultBodies } from './result-body.js';
import { InputFiles } from './storage/input-files.js';
import { KeptInputs } from './storage/kept-inputs.js';
import { ServedFiles } from './storage/served-files.js';
import { UploadFolder } from './storage/upload-folder.js';
import { SigningKey } from './webhooks/signing-key.js';
import { WebhookCourier } from './webhooks/webhook-courier.js';

/** The largest file that is taken, in bytes: a training archive of 20 photos of 20 MB fits. */
const largestUpload = 512 * 2 ** 20;
/** Work shorter than that is not worth drawing ahead for: whoever wants the picture asks for it. */
const drawAheadFrom = 200;
/** Each holds a timer and a little memory. */
const mostUnderWay = 20_000;
/** Ten retries in about two hours, as fal documents it. */
const falRetries = [1, 3, 10, 30, 60, 300, 600, 900, 1800, 3600].map((seconds) => seconds * 1000);

/**
 * Wires the parts of one local fal. Nothing runs before `watch.start()`.
 * @param baseUrl the server's address, asked for when it is needed: it is not known yet
 */
export function assemble(options: LocalFalOptions, baseUrl: () => string) {
  const { log, now = Date.now, random = Math.random } = options;
  const queueUrl = () => `${baseUrl()}/queue`;
  const closing = new AbortController();

  const faults = new FaultScript(options.faultSeed, options.faults);
  const guard = new Guard(faults, options.key, log, now);
  const key = new SigningKey(options.folder);
  const folder = new RequestFolder(options.folder);
  const uploads = new UploadFolder(options.folder, now, largestUpload);
  const inputs = new KeptInputs(options.folder);
  const studio = new Studio(options.preparedPictures ?? false, inputs);
  const outputs = outputFiles(studio, inputs);
  const served = new ServedFiles(folder, uploads, outputs, now);
  const resultBody = resultBodies(outputs, baseUrl);

  const slots = new Slots(options.concurrency ?? 10);
  const ahead = (record: RequestRecord) => slots.ahead(record.startAt, now());
  const milliseconds = {
    image: options.imageMilliseconds ?? 2000,
    training: options.trainingMilliseconds ?? 10_000,
    language: options.languageMilliseconds ?? 300,
  };
  const sources = { files: new InputFiles(served), inputs };
  const intake = new JobIntake(folder, slots, faults, sources, { milliseconds, now, random });
  const stream = new StatusStream(folder, queueUrl, now, ahead);
  const watch = new CompletionWatch({
    ...{ folder, slots, now },
    servers: new ServerRegistry(options.folder),
    courier: new WebhookCourier({ key, faults, resultBody, now, log, signal: closing.signal }),
    retryMilliseconds: options.webhookRetryMilliseconds ?? falRetries,
    started: (record) => drawAhead(studio, record),
    failed: ({ id, endpoint }, error) =>
      log?.({
        ...{ at: new Date(now()), step: 'webhook', method: 'POST', path: '', status: 0, milliseconds: 0 },
        ...{ requestId: id, endpoint, error: String(error) },
      }),
  });

  const history = new SubmitHistory();
  const accepted = (record: RequestRecord) => {
    history.add(record);
    watch.watch(record);
  };
  const cancelled = (record: RequestRecord) => watch.cancelled(record);
  const full = () => watch.size >= mostUnderWay;
  const extraEndpoints = options.endpoints ?? [];
  const busy = () => !slots.hasRoom(now());
  const submitting = { intake, faults, guard, queueUrl, ahead, accepted, full, busy, extraEndpoints };
  const asking = { folder, stream, resultBody, now, cancelled };
  const files = { uploads, served, signingKey: key, baseUrl, startedAt: new Date(now()) };
  const keys = { key: options.key, adminKey: options.adminKey };
  return {
    routes: { ...submitting, ...asking, ...files, ...keys },
    faults,
    key,
    uploads,
    history,
    watch,
    closing,
  };
}

/** Has the pictures of a running job ready at its end. */
function drawAhead(studio: Studio, record: RequestRecord): void {
  const { startAt, endAt, outcome } = record;
  if (endAt === null || endAt - startAt < drawAheadFrom || outcome.kind !== 'pictures') return;
  studio.drawAhead(record, outcome);
}

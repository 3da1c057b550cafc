import type { ServiceIdentifier } from 'inversify';
import type { PrometheusMetrics } from '../adapters/observability/prometheus-metrics.js';
import type { JobRunner } from '../adapters/queue/job-runner.js';
import type { Worker } from '../adapters/queue/worker.js';
import type { TelegramTransport } from '../adapters/telegram/telegram-transport.js';
import type { GrantCredits } from '../application/account/grant-credits.js';
import type { AddAvatar } from '../application/avatars/add-avatar.js';
import type { ImportAvatars } from '../application/avatars/import-avatars.js';
import type { AwaitGeneration } from '../application/generation/await-generation.js';
import type { CancelGeneration } from '../application/generation/cancel-generation.js';
import type { CollectImages } from '../application/generation/collect-images.js';
import type { DeliverOutcome } from '../application/generation/deliver-outcome.js';
import type { GenerationWatch } from '../application/generation/generation-watch.js';
import type { ReplayGeneration } from '../application/generation/replay-generation.js';
import type { RequestGeneration } from '../application/generation/request-generation.js';
import type { RequestUpscale } from '../application/generation/request-upscale.js';
import type { ResolveSubmit } from '../application/generation/resolve-submit.js';
import type { RetireEndpoint } from '../application/generation/retire-endpoint.js';
import type { SubmitNext } from '../application/generation/submit-next.js';
import type { SubmitNextWithRoom } from '../application/generation/submit-next-with-room.js';
import type { TellProgress } from '../application/generation/tell-progress.js';
import type { LocalDispatch } from '../application/jobs/local-dispatch.js';
import type { ProviderHealth } from '../application/jobs/provider-health.js';
import type { StepGuard } from '../application/jobs/step-guard.js';
import type { DiskSpace } from '../application/policy/disk-space.js';
import type { Policy } from '../application/policy/policy.js';
import type { Clock } from '../application/ports/clock.js';
import type { Ids } from '../application/ports/ids.js';
import type { ImageDownloads } from '../application/ports/image-downloads.js';
import type { ImageGenerator } from '../application/ports/image-generator.js';
import type { Logger } from '../application/ports/logger.js';
import type { MediaStore } from '../application/ports/media-store.js';
import type { Metrics } from '../application/ports/metrics.js';
import type { PromptAssistant } from '../application/ports/prompt-assistant.js';
import type { ProviderWebhooks } from '../application/ports/provider-webhooks.js';
import type { WorkerRegistry } from '../application/ports/stores/jobs/worker-registry.js';
import type { Database } from '../application/ports/stores/stores.js';
import type { Transport } from '../application/ports/transport.js';
import type { LastResort } from '../application/upkeep/last-resort.js';
import type { ReceiveWebhook } from '../application/upkeep/receive-webhook.js';
import type { Sweep } from '../application/upkeep/sweep.js';
import type { Resources } from './resources.js';

export const identify = <Service>(name: string): ServiceIdentifier<Service> => Symbol.for(`aisha ${name}`);

/** One typed name for everything that is bound: a wrong wire is a compile error. */
export const services = {
  resources: identify<Resources>('Resources'),
  policy: identify<Policy>('Policy'),
  clock: identify<Clock>('Clock'),
  ids: identify<Ids>('Ids'),
  log: identify<Logger>('Logger'),
  metrics: identify<Metrics>('Metrics'),
  prometheus: identify<PrometheusMetrics>('PrometheusMetrics'),
  /** Name of this process as a holder of leases. */
  workerId: identify<string>('worker id'),

  database: identify<Database>('Database'),
  workerRegistry: identify<WorkerRegistry>('WorkerRegistry'),
  media: identify<MediaStore>('MediaStore'),
  disk: identify<DiskSpace>('DiskSpace'),
  generator: identify<ImageGenerator>('ImageGenerator'),
  downloads: identify<ImageDownloads>('ImageDownloads'),
  providerWebhooks: identify<ProviderWebhooks>('ProviderWebhooks'),
  /** Every way in that is bound under this name is started. */
  transport: identify<Transport>('Transport'),
  telegram: identify<TelegramTransport>('TelegramTransport'),
  localDispatch: identify<LocalDispatch>('LocalDispatch'),
  jobRunner: identify<JobRunner>('JobRunner'),
  worker: identify<Worker>('Worker'),

  health: identify<ProviderHealth>('ProviderHealth'),
  watch: identify<GenerationWatch>('GenerationWatch'),
  tellProgress: identify<TellProgress>('TellProgress'),
  retireEndpoint: identify<RetireEndpoint>('RetireEndpoint'),
  requestGeneration: identify<RequestGeneration>('RequestGeneration'),
  awaitGeneration: identify<AwaitGeneration>('AwaitGeneration'),
  submitNext: identify<SubmitNext>('SubmitNext'),
  submitNextWithRoom: identify<SubmitNextWithRoom>('SubmitNextWithRoom'),
  resolveSubmit: identify<ResolveSubmit>('ResolveSubmit'),
  collectImages: identify<CollectImages>('CollectImages'),
  deliverOutcome: identify<DeliverOutcome>('DeliverOutcome'),
  cancelGeneration: identify<CancelGeneration>('CancelGeneration'),
  replayGeneration: identify<ReplayGeneration>('ReplayGeneration'),
  requestUpscale: identify<RequestUpscale>('RequestUpscale'),
  promptAssistant: identify<PromptAssistant>('PromptAssistant'),
  receiveWebhook: identify<ReceiveWebhook>('ReceiveWebhook'),
  sweep: identify<Sweep>('Sweep'),
  stepGuard: identify<StepGuard>('StepGuard'),
  lastResort: identify<LastResort>('LastResort'),
  /** All that keeps jobs going, in its order. */
  jobUpkeep: identify<Pick<Sweep, 'execute'>>('job upkeep'),
  addAvatar: identify<AddAvatar>('AddAvatar'),
  importAvatars: identify<ImportAvatars>('ImportAvatars'),
  grantCredits: identify<GrantCredits>('GrantCredits'),
} as const;

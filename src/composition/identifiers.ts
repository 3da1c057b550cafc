import type { ServiceIdentifier } from 'inversify';
import type { Api } from '../adapters/api/api-services.js';
import type { CliServices } from '../adapters/cli/cli-host.js';
import type { HttpAnswers } from '../adapters/http/http-server.js';
import type { Chores } from '../adapters/queue/worker.js';
import type { TelegramTransport } from '../adapters/telegram/telegram-transport.js';
import type { GenerationWatch } from '../application/generation/generation-watch.js';
import type { ResolveSubmit } from '../application/generation/resolve-submit.js';
import type { Sleep } from '../application/jobs/retry-write.js';
import type { AlertWays } from '../application/operator/send-alerts.js';
import type { WordRules } from '../application/policy/check-words.js';
import type { Policy } from '../application/policy/policy.js';
import type { Sales } from '../application/policy/sales.js';
import type { TrainingPolicy } from '../application/policy/training-policy.js';
import type { SecretDigest } from '../application/ports/api/secret-digest.js';
import type { ArchiveWriter } from '../application/ports/archive-writer.js';
import type { Disk } from '../application/ports/disk.js';
import type { EventSender } from '../application/ports/hooks/event-sender.js';
import type { HookOwnerChannel } from '../application/ports/hooks/hook-owner-channel.js';
import type { HostedService } from '../application/ports/hosted-service.js';
import type { SecureBytes } from '../application/ports/ids.js';
import type { ImageDownloads } from '../application/ports/image-downloads.js';
import type { MoneyChannel } from '../application/ports/money/money-channel.js';
import type { Payments } from '../application/ports/money/payments.js';
import type { Ports } from '../application/ports/needs.js';
import type { BroadcastChannel } from '../application/ports/operator/broadcast-channel.js';
import type { CaseChannel } from '../application/ports/operator/case-channel.js';
import type { MediaPlaces } from '../application/ports/operator/copyable-media.js';
import type { Messenger } from '../application/ports/operator/messenger.js';
import type { ProviderBill } from '../application/ports/operator/provider-bill.js';
import type { ProviderCheck } from '../application/ports/operator/provider-check.js';
import type { PhotoArchives } from '../application/ports/photo-archives.js';
import type { PhotoJudge } from '../application/ports/photo-judge.js';
import type { ContactSheet } from '../application/ports/pictures/contact-sheet.js';
import type { FaceFinder, PictureCutter } from '../application/ports/pictures/face-finder.js';
import type { NumbersPlot } from '../application/ports/pictures/numbers-plot.js';
import type { ProofComposer } from '../application/ports/pictures/proof-composer.js';
import type { PromptAssistant, WordJudge } from '../application/ports/prompt-assistant.js';
import type { ProviderWebhooks } from '../application/ports/provider-webhooks.js';
import type { GenerationJob, JobHandlers, TrainingJob } from '../application/ports/stores/jobs/job-queue.js';
import type { WorkerRegistry } from '../application/ports/stores/jobs/worker-registry.js';
import type { Database } from '../application/ports/stores/stores.js';
import type { SystemStats } from '../application/ports/system-stats.js';
import type { Transport } from '../application/ports/transport.js';
import type { ResolveTraining } from '../application/training/resolve-training.js';
import type { TrainingWatch } from '../application/training/training-watch.js';
import { all } from './build.js';
import type { OpenMedia } from './media/open-media.js';
import type { Resources } from './resources.js';

const identify = <Service>(name: string): ServiceIdentifier<Service> => Symbol.for(`aisha ${name}`);

const transport = identify<Transport>('Transport');

type NamedPorts = { readonly [Name in Exclude<keyof Ports, 'transports'>]: ServiceIdentifier<Ports[Name]> };

/** What use cases ask for, under the same name. */
const ports: NamedPorts = {
  clock: identify('Clock'),
  ids: identify('Ids'),
  log: identify('Logger'),
  metrics: identify('Metrics'),
  media: identify('MediaStore'),
  downloads: identify('ImageDownloads'),
  generator: identify('ImageGenerator'),
  trainer: identify('AvatarTrainer'),
  library: identify('WeightsLibrary'),
  worker: identify('worker id'),
};

/** What is no class of its own: ports, values, and what functions make. A class is bound under itself. */
export const services = {
  ...ports,
  database: identify<Database>('Database'),
  policy: identify<Policy>('Policy'),
  trainingPolicy: identify<TrainingPolicy>('TrainingPolicy'),
  sales: identify<Sales>('Sales'),
  wordRules: identify<WordRules | null>('WordRules'),
  payments: identify<Payments>('Payments'),
  caseChannel: identify<CaseChannel>('CaseChannel'),
  messenger: identify<Messenger>('Messenger'),
  moneyChannel: identify<MoneyChannel>('MoneyChannel'),
  broadcastChannel: identify<BroadcastChannel>('BroadcastChannel'),
  secureBytes: identify<SecureBytes>('SecureBytes'),
  secretDigest: identify<SecretDigest>('SecretDigest'),
  sleep: identify<Sleep>('Sleep'),
  resources: identify<Resources>('Resources'),
  openMedia: identify<OpenMedia>('OpenMedia'),
  mediaPlaces: identify<MediaPlaces>('MediaPlaces'),

  workerRegistry: identify<WorkerRegistry>('WorkerRegistry'),
  stats: identify<SystemStats>('SystemStats'),
  disk: identify<Disk>('Disk'),
  providerBill: identify<ProviderBill>('ProviderBill'),
  providerCheck: identify<ProviderCheck>('ProviderCheck'),
  alertWays: identify<AlertWays>('AlertWays'),
  eventSender: identify<EventSender>('EventSender'),
  hookOwnerChannel: identify<HookOwnerChannel>('HookOwnerChannel'),
  promptAssistant: identify<PromptAssistant>('PromptAssistant'),
  wordJudge: identify<WordJudge>('WordJudge'),
  weightsDownloads: identify<ImageDownloads>('weights downloads'),
  providerWebhooks: identify<ProviderWebhooks>('ProviderWebhooks'),
  photoJudge: identify<PhotoJudge>('PhotoJudge'),
  faceFinder: identify<FaceFinder>('FaceFinder'),
  pictureCutter: identify<PictureCutter>('PictureCutter'),
  proofComposer: identify<ProofComposer>('ProofComposer'),
  contactSheet: identify<ContactSheet>('ContactSheet'),
  numbersPlot: identify<NumbersPlot>('NumbersPlot'),
  photoArchives: identify<PhotoArchives>('PhotoArchives'),
  archiveWriter: identify<ArchiveWriter>('ArchiveWriter'),

  /** Results are handed to every transport that is bound under this name. */
  transport,
  transports: all(transport),
  /** Started with its role. */
  hosted: identify<HostedService>('HostedService'),
  telegram: identify<TelegramTransport>('TelegramTransport'),
  /** What `/v1` answers. */
  api: identify<Api>('Api'),
  httpAnswers: identify<HttpAnswers>('HttpAnswers'),
  cli: identify<CliServices>('CliServices'),

  generationWatch: identify<GenerationWatch>('GenerationWatch'),
  trainingWatch: identify<TrainingWatch>('TrainingWatch'),
  resolveSubmit: identify<ResolveSubmit>('ResolveSubmit'),
  resolveTraining: identify<ResolveTraining>('ResolveTraining'),
  generationHandlers: identify<JobHandlers<GenerationJob>>('generation handlers'),
  trainingHandlers: identify<JobHandlers<TrainingJob>>('training handlers'),
  /** What to do for each job of the queue. */
  handlers: identify<JobHandlers>('job handlers'),
  /** What every worker does over and over, by name and in this order. */
  chores: identify<Chores>('chores'),
};

/** For the parts of a use case that are called here as they are there. */
export const parts = <Name extends keyof typeof services>(...names: Name[]) =>
  Object.fromEntries(names.map((name) => [name, services[name]])) as Pick<typeof services, Name>;

import { setTimeout as sleep } from 'node:timers/promises';
import { ContainerModule } from 'inversify';
import { ZipArchiveWriter } from '../../adapters/archives/zip-archive-writer.js';
import { ZipPhotoArchives } from '../../adapters/archives/zip-photo-archives.js';
import { HumanFaceFinder } from '../../adapters/faces/human-face-finder.js';
import { installedHuman } from '../../adapters/faces/installed-human.js';
import { FalAvatarTrainer } from '../../adapters/fal/fal-avatar-trainer.js';
import { FalProviderCheck } from '../../adapters/fal/fal-check-up.js';
import { FalImageGenerator } from '../../adapters/fal/fal-image-generator.js';
import { FalPromptAssistant } from '../../adapters/fal/fal-prompt-assistant.js';
import { FalDownloads } from '../../adapters/fal/files/fal-downloads.js';
import { FalWeightsLibrary } from '../../adapters/fal/files/fal-weights-library.js';
import { FalWebhooks } from '../../adapters/fal/webhooks/fal-webhooks.js';
import { PrometheusMetrics } from '../../adapters/observability/prometheus-metrics.js';
import { SharpContactSheet } from '../../adapters/photos/sharp-contact-sheet.js';
import { SharpNumbersPlot } from '../../adapters/photos/sharp-numbers-plot.js';
import { SharpPhotoJudge } from '../../adapters/photos/sharp-photo-judge.js';
import { SharpPictureCutter } from '../../adapters/photos/sharp-picture-cutter.js';
import { SharpProofComposer } from '../../adapters/photos/sharp-proof-composer.js';
import { PostgresDatabase } from '../../adapters/postgres/postgres-database.js';
import { PostgresSystemStats } from '../../adapters/postgres/stores/jobs/postgres-system-stats.js';
import { PostgresWorkerRegistry } from '../../adapters/queue/postgres-worker-registry.js';
import { FolderDisk } from '../../adapters/system/folder-disk.js';
import { randomIds, secureBytes } from '../../adapters/system/random-ids.js';
import { secretDigest } from '../../adapters/system/secret-digest.js';
import { systemClock } from '../../adapters/system/system-clock.js';
import { LocalDispatch } from '../../application/jobs/local-dispatch.js';
import { DiskSpace } from '../../application/policy/disk-space.js';
import { make } from '../build.js';
import { falAccount, mediaHosts, webhookUrlOf } from '../fal-account.js';
import { parts, services as s } from '../identifiers.js';
import { mediaPlacesOf } from '../media/media-places.js';
import { openMedia } from '../media/open-media.js';
import type { Resources } from '../resources.js';

/** A gigabyte at 20 Mbit/s. */
const weightsDownload = { maximumBytes: 2 ** 30, totalMilliseconds: 600_000 };

/** Clock, ids and what the configuration says. */
export const systemModule = (resources: Resources) =>
  new ContainerModule(({ bind }) => {
    const { config, mediaDir } = resources;
    bind(s.resources).toConstantValue(resources);
    const { providerPrices } = resources;
    const { training, ...prices } = resources.prices;
    bind(s.policy).toConstantValue({ ...config.policy, ...prices, providerPrices });
    bind(s.trainingPolicy).toConstantValue({ ...config.trainingPolicy, prices: training });
    bind(s.sales).toConstantValue({
      offers: resources.offers,
      refundDays: config.refundDays,
      referralCredits: config.referralCredits,
    });
    bind(s.wordRules).toConstantValue(resources.wordRules);
    bind(s.log).toConstantValue(resources.log);
    bind(s.worker).toConstantValue(resources.workerId);
    bind(s.clock).toConstantValue(systemClock);
    bind(s.ids).toConstantValue(randomIds);
    bind(s.secureBytes).toConstantValue(secureBytes);
    bind(s.secretDigest).toConstantValue(secretDigest);
    bind(s.sleep).toConstantValue((milliseconds) => sleep(milliseconds));
    bind(s.disk).toConstantValue(new FolderDisk([config.dataDir, mediaDir]));
    make(
      bind,
      DiskSpace,
      (found) => new DiskSpace({ ...found, floorBytes: config.diskFloorBytes }),
      parts('disk', 'clock', 'log'),
    );
  });

export const postgresModule = new ContainerModule(({ bind }) => {
  bind(LocalDispatch).toConstantValue(new LocalDispatch());
  make(bind, s.database, ({ resources, dispatch }) => new PostgresDatabase(resources.pool, dispatch), {
    ...parts('resources'),
    dispatch: LocalDispatch,
  });
  make(
    bind,
    s.workerRegistry,
    ({ resources: { pool, session }, log }) => new PostgresWorkerRegistry(pool, session, log),
    parts('resources', 'log'),
  );
  make(
    bind,
    s.stats,
    ({ resources, workerRegistry, clock }) => new PostgresSystemStats(resources.pool, workerRegistry, clock),
    parts('resources', 'workerRegistry', 'clock'),
  );
});

/** Files: where media are kept, photos and archives. */
export const mediaModule = new ContainerModule(({ bind }) => {
  make(
    bind,
    s.openMedia,
    ({ resources, clock }) => openMedia({ ...resources, clock }),
    parts('resources', 'clock'),
  );
  make(bind, s.media, ({ openMedia: { store } }) => store, parts('openMedia'));
  make(bind, s.mediaPlaces, mediaPlacesOf, parts('openMedia', 'resources'));
  bind(s.photoJudge).toConstantValue(new SharpPhotoJudge());
  make(
    bind,
    s.faceFinder,
    ({ resources: { config }, log }) =>
      new HumanFaceFinder({ human: config.lookAtFaces ? installedHuman() : null, log }),
    parts('resources', 'log'),
  );
  bind(s.pictureCutter).toConstantValue(new SharpPictureCutter());
  bind(s.contactSheet).toConstantValue(new SharpContactSheet());
  bind(s.numbersPlot).toConstantValue(new SharpNumbersPlot());
  bind(s.proofComposer).toConstantValue(new SharpProofComposer());
  bind(s.photoArchives).toConstantValue(new ZipPhotoArchives());
  bind(s.archiveWriter).toConstantValue(new ZipArchiveWriter());
});

export const falModule = new ContainerModule(({ bind }) => {
  make(
    bind,
    s.generator,
    ({ resources, media: mediaStore, log: logger }) =>
      new FalImageGenerator({
        ...falAccount(resources),
        webhookUrl: webhookUrlOf(resources),
        mediaStore,
        logger,
      }),
    parts('resources', 'media', 'log'),
  );
  make(
    bind,
    s.trainer,
    ({ resources, log: logger }) =>
      new FalAvatarTrainer({ ...falAccount(resources), webhookUrl: webhookUrlOf(resources), logger }),
    parts('resources', 'log'),
  );
  make(
    bind,
    s.library,
    ({ resources, media: mediaStore }) => new FalWeightsLibrary({ ...falAccount(resources), mediaStore }),
    parts('resources', 'media'),
  );
  make(
    bind,
    s.providerCheck,
    ({ resources }) => new FalProviderCheck(falAccount(resources)),
    parts('resources'),
  );
  make(
    bind,
    FalPromptAssistant,
    ({ resources }) => new FalPromptAssistant(falAccount(resources)),
    parts('resources'),
  );
  bind(s.promptAssistant).toService(FalPromptAssistant);
  bind(s.wordJudge).toService(FalPromptAssistant);
  make(
    bind,
    s.downloads,
    ({ resources }) => new FalDownloads({ allowedHosts: mediaHosts(resources) }),
    parts('resources'),
  );
  make(
    bind,
    s.weightsDownloads,
    ({ resources }) => new FalDownloads({ allowedHosts: mediaHosts(resources), ...weightsDownload }),
    parts('resources'),
  );
  make(
    bind,
    s.providerWebhooks,
    ({ resources, clock }) => new FalWebhooks({ ...falAccount(resources), clock }),
    parts('resources', 'clock'),
  );
});

export const observabilityModule = new ContainerModule(({ bind }) => {
  make(bind, PrometheusMetrics, (found) => new PrometheusMetrics(found), {
    ...parts('stats', 'log'),
    disk: DiskSpace,
  });
  bind(s.metrics).toService(PrometheusMetrics);
});

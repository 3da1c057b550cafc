import { ContainerModule } from 'inversify';
import { DirectTransport } from '../../adapters/cli/direct-transport.js';
import { FalImageGenerator } from '../../adapters/fal/fal-image-generator.js';
import { FalPromptAssistant } from '../../adapters/fal/fal-prompt-assistant.js';
import { FalDownloads } from '../../adapters/fal/files/fal-downloads.js';
import { FalWebhooks } from '../../adapters/fal/webhooks/fal-webhooks.js';
import { FolderMediaStore } from '../../adapters/media/folder-media-store.js';
import { PostgresDatabase } from '../../adapters/postgres/postgres-database.js';
import { JobRunner } from '../../adapters/queue/job-runner.js';
import { PostgresWorkerRegistry } from '../../adapters/queue/postgres-worker-registry.js';
import { Worker } from '../../adapters/queue/worker.js';
import { FolderDisk } from '../../adapters/system/folder-disk.js';
import { randomIds } from '../../adapters/system/random-ids.js';
import { systemClock } from '../../adapters/system/system-clock.js';
import { LocalDispatch } from '../../application/jobs/local-dispatch.js';
import { DiskSpace } from '../../application/policy/disk-space.js';
import { falAccount, mediaHosts, webhookUrlOf } from '../fal-account.js';
import { services as s } from '../identifiers.js';
import type { Resources } from '../resources.js';
import { trainingServices } from '../training-identifiers.js';

/** Jobs of the queue that one process works on at once. Most of their time they wait for fal or Telegram. */
const jobConcurrency = 24;

/** Clock, ids and what the configuration says. */
export const systemModule = (resources: Resources) =>
  new ContainerModule(({ bind }) => {
    bind(s.resources).toConstantValue(resources);
    bind(s.policy).toConstantValue(resources.config.policy);
    bind(s.log).toConstantValue(resources.log);
    bind(s.workerId).toConstantValue(resources.workerId);
    bind(s.clock).toConstantValue(systemClock);
    bind(s.ids).toConstantValue(randomIds);
  });

export const postgresModule = new ContainerModule(({ bind }) => {
  bind(s.localDispatch).toConstantValue(new LocalDispatch());
  bind(s.database)
    .toResolvedValue(
      ({ pool }, localDispatch) => new PostgresDatabase(pool, localDispatch),
      [s.resources, s.localDispatch],
    )
    .inSingletonScope();
  bind(s.workerRegistry)
    .toResolvedValue(
      ({ pool, session }, log) => new PostgresWorkerRegistry(pool, session, log),
      [s.resources, s.log],
    )
    .inSingletonScope();
});

export const mediaModule = new ContainerModule(({ bind }) => {
  bind(s.media)
    .toResolvedValue(({ mediaDir }) => new FolderMediaStore({ root: mediaDir }), [s.resources])
    .inSingletonScope();
  bind(s.disk)
    .toResolvedValue(
      ({ config, mediaDir }, clock, log) =>
        new DiskSpace({
          disk: new FolderDisk([config.dataDir, mediaDir]),
          floorBytes: config.diskFloorBytes,
          clock,
          log,
        }),
      [s.resources, s.clock, s.log],
    )
    .inSingletonScope();
});

export const falModule = new ContainerModule(({ bind }) => {
  bind(s.generator)
    .toResolvedValue(
      (resources, mediaStore, logger) =>
        new FalImageGenerator({
          ...falAccount(resources),
          webhookUrl: webhookUrlOf(resources),
          mediaStore,
          logger,
        }),
      [s.resources, s.media, s.log],
    )
    .inSingletonScope();
  bind(s.promptAssistant)
    .toResolvedValue((resources) => new FalPromptAssistant(falAccount(resources)), [s.resources])
    .inSingletonScope();
  bind(s.downloads)
    .toResolvedValue((resources) => new FalDownloads({ allowedHosts: mediaHosts(resources) }), [s.resources])
    .inSingletonScope();
  bind(s.providerWebhooks)
    .toResolvedValue(
      (resources, clock) => new FalWebhooks({ ...falAccount(resources), clock }),
      [s.resources, s.clock],
    )
    .inSingletonScope();
});

export const queueModule = new ContainerModule(({ bind }) => {
  bind(s.jobRunner)
    .toResolvedValue(
      (
        { pool },
        guard,
        submitNext,
        resolveSubmit,
        collect,
        deliver,
        generator,
        training,
        localDispatch,
        log,
      ) => {
        const runner = new JobRunner(
          pool,
          {
            'submit-next': () => guard.submit(() => submitNext.execute()),
            'resolve-submit': ({ generation }) =>
              guard.generation(generation, () => resolveSubmit.execute(generation)),
            collect: ({ generation }) => guard.generation(generation, () => collect.execute(generation)),
            deliver: ({ generation }) => guard.generation(generation, () => deliver.execute(generation)),
            'cancel-at-provider': ({ ticket }) => generator.cancel(ticket),
            ...training,
          },
          jobConcurrency,
          log,
        );
        localDispatch.attach(runner);
        return runner;
      },
      [
        s.resources,
        s.stepGuard,
        s.submitNextWithRoom,
        s.resolveSubmit,
        s.collectImages,
        s.deliverOutcome,
        s.generator,
        trainingServices.handlers,
        s.localDispatch,
        s.log,
      ],
    )
    .inSingletonScope();
  bind(s.worker)
    .toResolvedValue(
      (
        id,
        registry,
        runner,
        sweep,
        purgePhotos,
        purgeWeights,
        purgeOrphans,
        purgeCounts,
        keepWeights,
        expireDrafts,
        log,
      ) =>
        new Worker(
          id,
          registry,
          runner,
          async () => {
            await sweep.execute();
            await purgePhotos.execute();
            await purgeWeights.execute();
            await purgeOrphans.execute();
            await purgeCounts.execute();
            await keepWeights.nudge();
            await expireDrafts.execute();
          },
          log,
        ),
      [
        s.workerId,
        s.workerRegistry,
        s.jobRunner,
        s.jobUpkeep,
        trainingServices.purgePhotos,
        trainingServices.purgeReplacedWeights,
        trainingServices.purgeOrphans,
        trainingServices.purgeCounts,
        trainingServices.keepImportedWeights,
        trainingServices.expireDrafts,
        s.log,
      ],
    )
    .inSingletonScope();
});

/** The way in of the CLI and the library. */
export const directModule = new ContainerModule(({ bind }) => {
  bind(s.transport).toConstantValue(new DirectTransport());
});

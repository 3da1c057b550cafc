import { setTimeout as sleep } from 'node:timers/promises';
import { ContainerModule } from 'inversify';
import { GrantCredits } from '../../application/account/grant-credits.js';
import { AddAvatar } from '../../application/avatars/add-avatar.js';
import { ImportAvatars } from '../../application/avatars/import-avatars.js';
import { WeightsLook } from '../../application/avatars/weights-look.js';
import { AwaitGeneration } from '../../application/generation/await-generation.js';
import { CancelGeneration } from '../../application/generation/cancel-generation.js';
import { CollectImages } from '../../application/generation/collect-images.js';
import { DeliverOutcome } from '../../application/generation/deliver-outcome.js';
import { watchGenerations } from '../../application/generation/generation-watch.js';
import { ReplayGeneration } from '../../application/generation/replay-generation.js';
import { RequestGeneration } from '../../application/generation/request-generation.js';
import { RequestUpscale } from '../../application/generation/request-upscale.js';
import { resolveSubmit } from '../../application/generation/resolve-submit.js';
import { RetireEndpoint } from '../../application/generation/retire-endpoint.js';
import { SubmitNext } from '../../application/generation/submit-next.js';
import { SubmitNextWithRoom } from '../../application/generation/submit-next-with-room.js';
import { TellProgress } from '../../application/generation/tell-progress.js';
import { ProviderHealth } from '../../application/jobs/provider-health.js';
import { noWatch } from '../../application/jobs/provider-watch.js';
import { StepGuard } from '../../application/jobs/step-guard.js';
import type { Clock } from '../../application/ports/clock.js';
import type { Logger } from '../../application/ports/logger.js';
import type { Metrics } from '../../application/ports/metrics.js';
import type { Database } from '../../application/ports/stores/stores.js';
import type { Transport } from '../../application/ports/transport.js';
import { LastResort } from '../../application/upkeep/last-resort.js';
import { PurgeLeftovers } from '../../application/upkeep/purge-leftovers.js';
import { ReceiveWebhook } from '../../application/upkeep/receive-webhook.js';
import { Sweep } from '../../application/upkeep/sweep.js';
import { services as s } from '../identifiers.js';
import { trainingServices } from '../training-identifiers.js';

/** The use cases. Transports are asked for late, because they in turn hold use cases. */
export const applicationModule = new ContainerModule(({ bind }) => {
  bind(s.health)
    .toResolvedValue((clock, log) => new ProviderHealth({ clock, log }), [s.clock, s.log])
    .inSingletonScope();
  bind(s.addAvatar).toResolvedValue(
    (database, clock, ids, policy, downloads) =>
      new AddAvatar({ database, clock, ids, policy, look: new WeightsLook({ downloads }) }),
    [s.database, s.clock, s.ids, s.policy, trainingServices.weightsDownloads],
  );
  bind(s.importAvatars).toResolvedValue(
    (database, clock, ids, policy, downloads) =>
      new ImportAvatars({ database, clock, ids, policy, look: new WeightsLook({ downloads }) }),
    [s.database, s.clock, s.ids, s.policy, trainingServices.weightsDownloads],
  );
  bind(s.grantCredits).toResolvedValue(
    (database, clock, ids, policy) => new GrantCredits({ database, clock, ids, policy }),
    [s.database, s.clock, s.ids, s.policy],
  );
  bind(s.requestGeneration).toResolvedValue(
    (database, clock, ids, policy, metrics) =>
      new RequestGeneration({ database, clock, ids, policy, metrics }),
    [s.database, s.clock, s.ids, s.policy, s.metrics],
  );
  bind(s.requestUpscale).toResolvedValue(
    (database, clock, ids, policy, metrics) => new RequestUpscale({ database, clock, ids, policy, metrics }),
    [s.database, s.clock, s.ids, s.policy, s.metrics],
  );
  bind(s.awaitGeneration).toResolvedValue(
    (database) => new AwaitGeneration({ database, sleep }),
    [s.database],
  );
  bind(s.cancelGeneration).toResolvedValue(
    (database, clock) => new CancelGeneration({ database, clock }),
    [s.database, s.clock],
  );
  bind(s.replayGeneration).toResolvedValue(
    (database, clock) => new ReplayGeneration({ database, clock }),
    [s.database, s.clock],
  );
  bind(s.receiveWebhook).toResolvedValue(
    (database, clock, log) => new ReceiveWebhook({ database, clock, log }),
    [s.database, s.clock, s.log],
  );
  bind(s.stepGuard)
    .toResolvedValue(
      (database, clock, worker, log) => new StepGuard({ database, clock, worker, log }),
      [s.database, s.clock, s.workerId, s.log],
    )
    .inSingletonScope();
  bind(s.lastResort).toResolvedValue(
    (database, clock, worker, metrics, log) => new LastResort({ database, clock, worker, metrics, log }),
    [s.database, s.clock, s.workerId, s.metrics, s.log],
  );
  bind(s.jobUpkeep).toResolvedValue(
    (guard, sweep, lastResort, database, clock) => {
      const purgeLeftovers = new PurgeLeftovers({ database, clock });
      return {
        async execute() {
          await guard.freeLeftovers();
          const nudged = await sweep.execute();
          await lastResort.execute();
          await purgeLeftovers.execute();
          return nudged;
        },
      };
    },
    [s.stepGuard, s.sweep, s.lastResort, s.database, s.clock],
  );
  bind(s.sweep).toResolvedValue(
    (database, registry, clock, log) => new Sweep({ database, workers: registry, clock, log }),
    [s.database, s.workerRegistry, s.clock, s.log],
  );
});

/** The steps of the pipeline, which only a worker takes. */
export const pipelineModule = new ContainerModule(({ bind }) => {
  bind(s.tellProgress)
    .toResolvedValue(
      (database: Database, transports: Transport[], log: Logger) =>
        new TellProgress({ database, transports, log }),
      [s.database, { isMultiple: true, serviceIdentifier: s.transport }, s.log],
    )
    .inSingletonScope();
  bind(s.watch)
    .toResolvedValue(
      (database, generator, clock, tellProgress, policy, log) =>
        policy.webhooks ? noWatch : watchGenerations({ database, generator, clock, tellProgress, log }),
      [s.database, s.generator, s.clock, s.tellProgress, s.policy, s.log],
    )
    .inSingletonScope();
  bind(s.retireEndpoint).toResolvedValue(
    (database, clock, tellProgress, metrics, log) =>
      new RetireEndpoint({ database, clock, tellProgress, metrics, log }),
    [s.database, s.clock, s.tellProgress, s.metrics, s.log],
  );
  bind(s.submitNext).toResolvedValue(
    (database, generator, clock, policy, worker, health, retire, watch, metrics, log) =>
      new SubmitNext({
        database,
        generator,
        clock,
        policy,
        worker,
        health,
        retireEndpoint: retire,
        watch,
        metrics,
        log,
        sleep,
      }),
    [
      s.database,
      s.generator,
      s.clock,
      s.policy,
      s.workerId,
      s.health,
      s.retireEndpoint,
      s.watch,
      s.metrics,
      s.log,
    ],
  );
  bind(s.submitNextWithRoom)
    .toResolvedValue(
      (next, disk, database, policy) =>
        new SubmitNextWithRoom({ next, disk, database, places: policy.inFlightTotal }),
      [s.submitNext, s.disk, s.database, s.policy],
    )
    .inSingletonScope();
  bind(s.resolveSubmit).toResolvedValue(
    (database, clock, policy, worker, metrics, log) =>
      resolveSubmit({ database, clock, policy, worker, metrics, log }),
    [s.database, s.clock, s.policy, s.workerId, s.metrics, s.log],
  );
  bind(s.collectImages).toResolvedValue(
    (
      database,
      generator,
      downloads,
      media,
      clock,
      ids,
      policy,
      worker,
      health,
      watch,
      tellProgress,
      metrics,
      log,
      renewal,
    ) =>
      new CollectImages({
        database,
        generator,
        downloads,
        media,
        clock,
        ids,
        policy,
        worker,
        health,
        watch,
        tellProgress,
        metrics,
        log,
        renewal,
      }),
    [
      s.database,
      s.generator,
      s.downloads,
      s.media,
      s.clock,
      s.ids,
      s.policy,
      s.workerId,
      s.health,
      s.watch,
      s.tellProgress,
      s.metrics,
      s.log,
      trainingServices.renewal,
    ],
  );
  bind(s.deliverOutcome).toResolvedValue(
    (
      database: Database,
      transports: Transport[],
      clock: Clock,
      worker: string,
      metrics: Metrics,
      log: Logger,
    ) => new DeliverOutcome({ database, transports, clock, worker, metrics, log, sleep }),
    [s.database, { isMultiple: true, serviceIdentifier: s.transport }, s.clock, s.workerId, s.metrics, s.log],
  );
});

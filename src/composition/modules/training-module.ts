import { setTimeout as sleep } from 'node:timers/promises';
import { ContainerModule } from 'inversify';
import { ZipPhotoArchives } from '../../adapters/archives/zip-photo-archives.js';
import { FalAvatarTrainer } from '../../adapters/fal/fal-avatar-trainer.js';
import { FalDownloads } from '../../adapters/fal/files/fal-downloads.js';
import { FalWeightsLibrary } from '../../adapters/fal/files/fal-weights-library.js';
import { SharpPhotoJudge } from '../../adapters/photos/sharp-photo-judge.js';
import { SharpProofComposer } from '../../adapters/photos/sharp-proof-composer.js';
import { AddPhotos } from '../../application/avatars/add-photos.js';
import { KeepImportedWeights } from '../../application/avatars/keep-imported-weights.js';
import { PurgePhotos } from '../../application/avatars/purge-photos.js';
import { PurgeReplacedWeights } from '../../application/avatars/purge-replaced-weights.js';
import { SortPhotos } from '../../application/avatars/sort-photos.js';
import { StartDraft } from '../../application/avatars/start-draft.js';
import { UpdateAvatar } from '../../application/avatars/update-avatar.js';
import { UpdateAvatarDraft } from '../../application/avatars/update-avatar-draft.js';
import { RenewWeights } from '../../application/generation/renew-weights.js';
import type { DiskSpace } from '../../application/policy/disk-space.js';
import type { Clock } from '../../application/ports/clock.js';
import type { Logger } from '../../application/ports/logger.js';
import type { Metrics } from '../../application/ports/metrics.js';
import type { Database } from '../../application/ports/stores/stores.js';
import type { Transport } from '../../application/ports/transport.js';
import { CancelTraining } from '../../application/training/cancel-training.js';
import { CollectTraining } from '../../application/training/collect-training.js';
import { DeliverTraining } from '../../application/training/deliver-training.js';
import { MakeProof } from '../../application/training/make-proof.js';
import { ProofTransport } from '../../application/training/proof-transport.js';
import { RefusedTraining } from '../../application/training/refused-training.js';
import { RequestTraining } from '../../application/training/request-training.js';
import { type ResolveTraining, resolveTraining } from '../../application/training/resolve-training.js';
import { SubmitTraining } from '../../application/training/submit-training.js';
import { SubmitTrainingWithRoom } from '../../application/training/submit-training-with-room.js';
import { TellTrainingProgress } from '../../application/training/tell-training-progress.js';
import { watchTrainings } from '../../application/training/training-watch.js';
import { PurgeCounts } from '../../application/upkeep/purge-counts.js';
import { PurgeOrphans } from '../../application/upkeep/purge-orphans.js';
import { falAccount, mediaHosts, webhookUrlOf } from '../fal-account.js';
import { identify, services as s } from '../identifiers.js';
import { trainingServices as t } from '../training-identifiers.js';

/** A gigabyte at 20 Mbit/s. */
const weightsDownload = { maximumBytes: 2 ** 30, totalMilliseconds: 600_000 };

/** What the ways in need. */
export const trainingModule = new ContainerModule(({ bind }) => {
  bind(t.policy).toResolvedValue(({ config }) => config.trainingPolicy, [s.resources]);
  bind(t.startDraft).toResolvedValue(
    (database, clock, ids, policy) => new StartDraft({ database, clock, ids, policy }),
    [s.database, s.clock, s.ids, s.policy],
  );
  bind(t.updateAvatarDraft).toResolvedValue(
    (database, clock) => new UpdateAvatarDraft({ database, clock }),
    [s.database, s.clock],
  );
  bind(t.updateAvatar).toResolvedValue(
    (database, clock) => new UpdateAvatar({ database, clock }),
    [s.database, s.clock],
  );
  bind(t.addPhotos)
    .toResolvedValue(
      (database, media, clock, ids) =>
        new AddPhotos({
          database,
          judge: new SharpPhotoJudge(),
          archives: new ZipPhotoArchives(),
          media,
          clock,
          ids,
        }),
      [s.database, s.media, s.clock, s.ids],
    )
    .inSingletonScope();
  bind(t.sortPhotos).toResolvedValue(
    (database, media) => new SortPhotos({ database, media }),
    [s.database, s.media],
  );
  bind(t.requestTraining).toResolvedValue(
    (database, clock, ids, policy, training) =>
      new RequestTraining({ database, clock, ids, policy, trainingPolicy: training }),
    [s.database, s.clock, s.ids, s.policy, t.policy],
  );
  bind(t.cancelTraining).toResolvedValue(
    (database, clock) => new CancelTraining({ database, clock }),
    [s.database, s.clock],
  );
  bind(s.transport).toResolvedValue((database) => new ProofTransport({ database }), [s.database]);
});

/** The steps of a training, which only a worker takes. */
export const trainingPipelineModule = new ContainerModule(({ bind }) => {
  bind(t.trainer)
    .toResolvedValue(
      (resources, logger) =>
        new FalAvatarTrainer({ ...falAccount(resources), webhookUrl: webhookUrlOf(resources), logger }),
      [s.resources, s.log],
    )
    .inSingletonScope();
  bind(t.weightsLibrary)
    .toResolvedValue(
      (resources, mediaStore) => new FalWeightsLibrary({ ...falAccount(resources), mediaStore }),
      [s.resources, s.media],
    )
    .inSingletonScope();
  bind(t.weightsDownloads)
    .toResolvedValue(
      (resources) => new FalDownloads({ allowedHosts: mediaHosts(resources), ...weightsDownload }),
      [s.resources],
    )
    .inSingletonScope();
  bind(t.renewal).toResolvedValue(
    (database, library, clock, log) => new RenewWeights({ database, library, clock, log }),
    [s.database, t.weightsLibrary, s.clock, s.log],
  );
  bind(t.tellProgress)
    .toResolvedValue(
      (database: Database, transports: Transport[], log: Logger) =>
        new TellTrainingProgress({ database, transports, log }),
      [s.database, { isMultiple: true, serviceIdentifier: s.transport }, s.log],
    )
    .inSingletonScope();
  bind(t.watch)
    .toResolvedValue(
      (database, trainer, tellProgress, log) => watchTrainings({ database, trainer, tellProgress, log }),
      [s.database, t.trainer, t.tellProgress, s.log],
    )
    .inSingletonScope();
  bind(t.purgePhotos)
    .toResolvedValue(
      (database, media, clock, policy, log) => new PurgePhotos({ database, media, clock, policy, log }),
      [s.database, s.media, s.clock, t.policy, s.log],
    )
    .inSingletonScope();
  bind(t.purgeReplacedWeights)
    .toResolvedValue(
      (database, media, clock, policy, log) =>
        new PurgeReplacedWeights({ database, media, clock, policy, log }),
      [s.database, s.media, s.clock, t.policy, s.log],
    )
    .inSingletonScope();
  bind(t.keepImportedWeights)
    .toResolvedValue(
      (database, downloads, media, disk, clock, log) =>
        new KeepImportedWeights({ database, downloads, media, disk, clock, log }),
      [s.database, t.weightsDownloads, s.media, s.disk, s.clock, s.log],
    )
    .inSingletonScope();
  bind(t.purgeCounts)
    .toResolvedValue((database, clock) => new PurgeCounts({ database, clock }), [s.database, s.clock])
    .inSingletonScope();
  bind(t.purgeOrphans)
    .toResolvedValue(
      (database, media, clock, log) => new PurgeOrphans({ database, media, clock, log }),
      [s.database, s.media, s.clock, s.log],
    )
    .inSingletonScope();
  bindHandlers(bind);
});

type Bind = Parameters<ConstructorParameters<typeof ContainerModule>[0]>[0]['bind'];

function bindHandlers(bind: Bind): void {
  const refused = identify<RefusedTraining>('RefusedTraining');
  const submit = identify<SubmitTraining>('SubmitTraining');
  const submitWithRoom = identify<SubmitTrainingWithRoom>('SubmitTrainingWithRoom');
  const resolve = identify<ResolveTraining>('ResolveTraining');
  const collect = identify<CollectTraining>('CollectTraining');
  const deliver = identify<DeliverTraining>('DeliverTraining');
  const proof = identify<MakeProof>('MakeProof');
  bind(refused).toResolvedValue(
    (database: Database, transports: Transport[], clock: Clock, metrics: Metrics, log: Logger) =>
      new RefusedTraining({ database, transports, clock, metrics, log }),
    [s.database, { isMultiple: true, serviceIdentifier: s.transport }, s.clock, s.metrics, s.log],
  );
  bind(submit).toResolvedValue(
    (database, trainer, media, clock, policy, worker, health, refused, watch, metrics, log) =>
      new SubmitTraining({
        database,
        trainer,
        media,
        clock,
        policy,
        worker,
        health,
        refused,
        watch,
        metrics,
        log,
        sleep,
      }),
    [
      s.database,
      t.trainer,
      s.media,
      s.clock,
      s.policy,
      s.workerId,
      s.health,
      refused,
      t.watch,
      s.metrics,
      s.log,
    ] as const,
  );
  bind(submitWithRoom).toResolvedValue(
    (
      next: SubmitTraining,
      disk: DiskSpace,
      database: Database,
      clock: Clock,
      transports: Transport[],
      log: Logger,
    ) => new SubmitTrainingWithRoom({ submit: next, disk, database, clock, transports, log }),
    [submit, s.disk, s.database, s.clock, { isMultiple: true, serviceIdentifier: s.transport }, s.log],
  );
  bind(resolve).toResolvedValue(
    (database, clock, policy, worker, metrics, log) =>
      resolveTraining({ database, clock, policy, worker, metrics, log }),
    [s.database, s.clock, s.policy, s.workerId, s.metrics, s.log],
  );
  bind(collect).toResolvedValue(
    (database, trainer, downloads, media, clock, policy, worker, health, watch, tellProgress, metrics, log) =>
      new CollectTraining({
        database,
        trainer,
        downloads,
        media,
        clock,
        policy,
        worker,
        health,
        watch,
        tellProgress,
        metrics,
        log,
      }),
    [
      s.database,
      t.trainer,
      t.weightsDownloads,
      s.media,
      s.clock,
      s.policy,
      s.workerId,
      s.health,
      t.watch,
      t.tellProgress,
      s.metrics,
      s.log,
    ] as const,
  );
  bind(deliver).toResolvedValue(
    (
      database: Database,
      transports: Transport[],
      clock: Clock,
      worker: string,
      metrics: Metrics,
      log: Logger,
    ) => new DeliverTraining({ database, transports, clock, worker, metrics, log, sleep }),
    [s.database, { isMultiple: true, serviceIdentifier: s.transport }, s.clock, s.workerId, s.metrics, s.log],
  );
  bind(proof).toResolvedValue(
    (database, request, media, clock, worker, log) =>
      new MakeProof({
        database,
        requestGeneration: request,
        composer: new SharpProofComposer(),
        media,
        clock,
        worker,
        log,
      }),
    [s.database, s.requestGeneration, s.media, s.clock, s.workerId, s.log],
  );
  bind(t.handlers).toResolvedValue(
    (guard, submitting, resolving, collecting, delivering, proving, keeping, trainer) => ({
      'submit-training': ({ training }) => guard.training(training, () => submitting.execute(training)),
      'resolve-training': ({ training }) => guard.training(training, () => resolving.execute(training)),
      'collect-training': ({ training }) => guard.training(training, () => collecting.execute(training)),
      'deliver-training': ({ training }) => guard.training(training, () => delivering.execute(training)),
      'make-proof': ({ training }) => guard.training(training, () => proving.execute(training)),
      'keep-weights': ({ avatar }) => keeping.execute(avatar),
      'cancel-training-at-provider': ({ ticket }) => trainer.cancel(ticket),
    }),
    [s.stepGuard, submitWithRoom, resolve, collect, deliver, proof, t.keepImportedWeights, t.trainer],
  );
}

import { ContainerModule } from 'inversify';
import { UpdateAvatarDraft } from '../../application/avatars/update-avatar-draft.js';
import { RequestGeneration } from '../../application/generation/request-generation.js';
import { ProviderHealth } from '../../application/jobs/provider-health.js';
import { StepGuard } from '../../application/jobs/step-guard.js';
import { DiskSpace } from '../../application/policy/disk-space.js';
import { CancelTraining } from '../../application/training/cancel-training.js';
import { CollectTraining } from '../../application/training/collect-training.js';
import { DeliverTraining } from '../../application/training/deliver-training.js';
import { MakeProof } from '../../application/training/make-proof.js';
import { MeasureLikeness } from '../../application/training/measure-likeness.js';
import { OrderTraining } from '../../application/training/order-training.js';
import { ProofTransport } from '../../application/training/proof-transport.js';
import { RefusedTraining } from '../../application/training/refused-training.js';
import { RequestTraining } from '../../application/training/request-training.js';
import { resolveTraining } from '../../application/training/resolve-training.js';
import { RetryTraining } from '../../application/training/retry-training.js';
import { ShowProof } from '../../application/training/show-proof.js';
import { SubmitTraining } from '../../application/training/submit-training.js';
import { SubmitTrainingWithRoom } from '../../application/training/submit-training-with-room.js';
import { TellTrainingProgress } from '../../application/training/tell-training-progress.js';
import { watchTrainings } from '../../application/training/training-watch.js';
import { type Bind, build, make } from '../build.js';
import { parts, services as s } from '../identifiers.js';

/** An avatar, from its photos to its weights and its proof sheet. */
export const trainingModule = new ContainerModule(({ bind }) => {
  build(bind, RequestTraining, parts('database', 'clock', 'ids', 'policy', 'trainingPolicy'));
  build(bind, OrderTraining, {
    ...parts('database'),
    updateAvatarDraft: UpdateAvatarDraft,
    requestTraining: RequestTraining,
  });
  build(bind, RetryTraining, { ...parts('database', 'clock'), requestTraining: RequestTraining });
  build(bind, CancelTraining, parts('database', 'clock'));
  build(bind, ShowProof, { ...parts('database', 'media'), composer: s.proofComposer });
  build(bind, ProofTransport, parts('database'));
  bind(s.transport).toService(ProofTransport);
  bindSteps(bind);
});

/** What a worker does for the jobs of the queue. */
function bindSteps(bind: Bind): void {
  build(bind, TellTrainingProgress, parts('database', 'transports', 'log'));
  make(bind, s.trainingWatch, watchTrainings, {
    ...parts('database', 'trainer', 'clock', 'worker', 'log'),
    tellProgress: TellTrainingProgress,
  });
  build(bind, RefusedTraining, parts('database', 'transports', 'clock', 'metrics', 'log'));
  build(bind, SubmitTraining, {
    ...parts('database', 'trainer', 'media', 'clock', 'policy', 'worker', 'metrics', 'log', 'sleep'),
    health: ProviderHealth,
    refused: RefusedTraining,
    watch: s.trainingWatch,
  });
  build(bind, SubmitTrainingWithRoom, {
    ...parts('database', 'clock', 'transports', 'log'),
    submit: SubmitTraining,
    disk: DiskSpace,
  });
  make(
    bind,
    s.resolveTraining,
    resolveTraining,
    parts('database', 'trainer', 'clock', 'policy', 'worker', 'metrics', 'log'),
  );
  build(bind, CollectTraining, {
    ...parts('database', 'trainer', 'media', 'clock', 'policy', 'worker', 'metrics', 'log'),
    downloads: s.weightsDownloads,
    health: ProviderHealth,
    watch: s.trainingWatch,
    tellProgress: TellTrainingProgress,
  });
  build(bind, DeliverTraining, parts('database', 'transports', 'clock', 'worker', 'metrics', 'log', 'sleep'));
  build(bind, MeasureLikeness, { ...parts('media'), faces: s.faceFinder });
  build(bind, MakeProof, {
    ...parts('database', 'media', 'clock', 'worker', 'log'),
    requestGeneration: RequestGeneration,
    composer: s.proofComposer,
    likeness: MeasureLikeness,
  });
  make(
    bind,
    s.trainingHandlers,
    ({ guard, trainer, ...steps }) => ({
      'submit-training': ({ training: id }) => guard.training(id, () => steps.submitTraining.execute(id)),
      'resolve-training': ({ training: id }) => guard.training(id, () => steps.resolveTraining.execute(id)),
      'collect-training': ({ training: id }) => guard.training(id, () => steps.collectTraining.execute(id)),
      'deliver-training': ({ training: id }) => guard.training(id, () => steps.deliverTraining.execute(id)),
      'make-proof': ({ training: id }) => guard.training(id, () => steps.makeProof.execute(id)),
      'cancel-training-at-provider': ({ ticket }) => trainer.cancel(ticket),
    }),
    {
      ...parts('trainer', 'resolveTraining'),
      guard: StepGuard,
      submitTraining: SubmitTrainingWithRoom,
      collectTraining: CollectTraining,
      deliverTraining: DeliverTraining,
      makeProof: MakeProof,
    },
  );
}

import { ContainerModule } from 'inversify';
import { AwaitGeneration } from '../../application/generation/await-generation.js';
import { CancelGeneration } from '../../application/generation/cancel-generation.js';
import { CollectImages } from '../../application/generation/collect-images.js';
import { DeliverOutcome } from '../../application/generation/deliver-outcome.js';
import { FollowGenerations } from '../../application/generation/follow-generations.js';
import { watchGenerations } from '../../application/generation/generation-watch.js';
import { RenewWeights } from '../../application/generation/renew-weights.js';
import { RepeatGeneration } from '../../application/generation/repeats/repeat-generation.js';
import { RequestVariation } from '../../application/generation/repeats/request-variation.js';
import { TakeAnotherAvatar } from '../../application/generation/repeats/take-another-avatar.js';
import { ReplayGeneration } from '../../application/generation/replay-generation.js';
import { RequestGeneration } from '../../application/generation/request-generation.js';
import { RequestUpscale } from '../../application/generation/request-upscale.js';
import { resolveSubmit } from '../../application/generation/resolve-submit.js';
import { RetireEndpoint } from '../../application/generation/retire-endpoint.js';
import { SubmitNext } from '../../application/generation/submit-next.js';
import { SubmitNextWithRoom } from '../../application/generation/submit-next-with-room.js';
import { TellProgress } from '../../application/generation/tell-progress.js';
import { ProviderHealth } from '../../application/jobs/provider-health.js';
import { StepGuard } from '../../application/jobs/step-guard.js';
import { CheckWords } from '../../application/policy/check-words.js';
import { DiskSpace } from '../../application/policy/disk-space.js';
import { type Bind, build, make } from '../build.js';
import { parts, services as s } from '../identifiers.js';

/** A picture, from the request to the person who asked. */
export const generationModule = new ContainerModule(({ bind }) => {
  build(bind, CheckWords, parts('wordRules', 'wordJudge', 'log'));
  build(bind, RequestGeneration, {
    ...parts('database', 'clock', 'ids', 'policy', 'metrics', 'log'),
    checkWords: CheckWords,
  });
  build(bind, RequestUpscale, parts('database', 'clock', 'ids', 'policy', 'metrics', 'log'));
  build(bind, RequestVariation, { ...parts('database'), requestGeneration: RequestGeneration });
  build(bind, RepeatGeneration, {
    ...parts('database'),
    requestGeneration: RequestGeneration,
    requestUpscale: RequestUpscale,
  });
  build(bind, AwaitGeneration, parts('database', 'sleep'));
  build(bind, FollowGenerations, parts('database', 'sleep', 'log'));
  build(bind, CancelGeneration, parts('database', 'clock'));
  build(bind, TakeAnotherAvatar, {
    ...parts('database', 'clock', 'policy'),
    cancelGeneration: CancelGeneration,
    requestGeneration: RequestGeneration,
  });
  build(bind, ReplayGeneration, parts('database', 'clock'));
  bindSteps(bind);
});

/** What a worker does for the jobs of the queue. */
function bindSteps(bind: Bind): void {
  build(bind, TellProgress, parts('database', 'transports', 'log'));
  make(bind, s.generationWatch, watchGenerations, {
    ...parts('database', 'generator', 'clock', 'policy', 'worker', 'log'),
    tellProgress: TellProgress,
  });
  build(bind, RetireEndpoint, {
    ...parts('database', 'clock', 'policy', 'metrics', 'log'),
    tellProgress: TellProgress,
  });
  build(bind, SubmitNext, {
    ...parts('database', 'generator', 'clock', 'policy', 'worker', 'metrics', 'log', 'sleep'),
    health: ProviderHealth,
    retireEndpoint: RetireEndpoint,
    watch: s.generationWatch,
  });
  build(bind, SubmitNextWithRoom, { next: SubmitNext, guard: StepGuard, disk: DiskSpace });
  make(
    bind,
    s.resolveSubmit,
    resolveSubmit,
    parts('database', 'clock', 'policy', 'worker', 'metrics', 'log'),
  );
  build(bind, RenewWeights, parts('database', 'library', 'clock', 'log'));
  build(bind, CollectImages, {
    ...parts('database', 'generator', 'downloads', 'media', 'clock', 'ids', 'policy', 'worker'),
    ...parts('metrics', 'log'),
    health: ProviderHealth,
    watch: s.generationWatch,
    tellProgress: TellProgress,
    renewal: RenewWeights,
  });
  build(bind, DeliverOutcome, parts('database', 'transports', 'clock', 'worker', 'metrics', 'log', 'sleep'));
  make(
    bind,
    s.generationHandlers,
    ({ guard, generator, ...steps }) => ({
      'submit-next': ({ spare }) => steps.submitNext.execute(spare !== undefined),
      'resolve-submit': ({ generation: id }) => guard.generation(id, () => steps.resolveSubmit.execute(id)),
      collect: ({ generation: id, held }) =>
        guard.generation(id, () => steps.collectImages.execute(id, held)),
      deliver: ({ generation: id, held }) =>
        guard.generation(id, () => steps.deliverOutcome.execute(id, held)),
      'cancel-at-provider': ({ ticket }) => generator.cancel(ticket),
    }),
    {
      ...parts('generator', 'resolveSubmit'),
      guard: StepGuard,
      submitNext: SubmitNextWithRoom,
      collectImages: CollectImages,
      deliverOutcome: DeliverOutcome,
    },
  );
}

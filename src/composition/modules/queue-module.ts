import { ContainerModule } from 'inversify';
import { JobRunner } from '../../adapters/queue/job-runner.js';
import { Worker } from '../../adapters/queue/worker.js';
import { KeepImportedWeights } from '../../application/avatars/keep-imported-weights.js';
import { LocalDispatch } from '../../application/jobs/local-dispatch.js';
import { ProviderHealth } from '../../application/jobs/provider-health.js';
import { StepGuard } from '../../application/jobs/step-guard.js';
import { build, make } from '../build.js';
import { parts, services as s } from '../identifiers.js';

/**
 * Jobs of the queue that one process works on at once, beside deliveries in Telegram's hands. Most of their time they
 * wait for fal, or behind others in their chat.
 */
const jobsBesideSends = 24;

/** The jobs of the queue, and the worker that runs them. */
export const queueModule = new ContainerModule(({ bind }) => {
  build(bind, ProviderHealth, parts('clock', 'log'));
  build(bind, StepGuard, parts('database', 'clock', 'worker', 'log'));
  make(
    bind,
    s.handlers,
    ({ generation, training, importedWeights }) => ({
      ...generation,
      ...training,
      'keep-weights': ({ avatar }) => importedWeights.execute(avatar),
    }),
    { generation: s.generationHandlers, training: s.trainingHandlers, importedWeights: KeepImportedWeights },
  );
  make(
    bind,
    JobRunner,
    ({ resources, handlers, localDispatch, registry, log }) => {
      const concurrency = jobsBesideSends + resources.config.telegram.sendsAtOnce;
      const runner = new JobRunner(resources.pool, handlers, concurrency, log, () => registry.isAlone());
      localDispatch.attach(runner);
      return runner;
    },
    { ...parts('resources', 'handlers', 'log'), localDispatch: LocalDispatch, registry: s.workerRegistry },
  );
  build(bind, Worker, {
    ...parts('worker', 'chores', 'metrics', 'log'),
    registry: s.workerRegistry,
    runner: JobRunner,
    generationWatch: s.generationWatch,
    trainingWatch: s.trainingWatch,
  });
  bind(s.hosted).toService(Worker);
});

import { ContainerModule } from 'inversify';
import { PrometheusMetrics } from '../../adapters/observability/prometheus-metrics.js';
import { Worker } from '../../adapters/queue/worker.js';
import { ProviderHealth } from '../../application/jobs/provider-health.js';
import { DiskSpace } from '../../application/policy/disk-space.js';
import type { HostedService } from '../../application/ports/hosted-service.js';
import { ReceiveWebhook } from '../../application/upkeep/receive-webhook.js';
import { ifBound, make } from '../build.js';
import { httpAnswersOf } from '../http-answers.js';
import { parts, services as s } from '../identifiers.js';
import { Vitals, vitalsOf } from '../vitals.js';

/** The web server, which listens already and begins to answer. */
export const httpModule = new ContainerModule(({ bind }) => {
  make(bind, Vitals, vitalsOf, { ...parts('resources'), worker: Worker, telegram: ifBound(s.telegram) });
  make(bind, s.httpAnswers, httpAnswersOf, {
    ...parts('resources', 'database', 'workerRegistry', 'providerWebhooks', 'metrics', 'log', 'openMedia'),
    vitals: Vitals,
    prometheus: PrometheusMetrics,
    telegram: ifBound(s.telegram),
    health: ProviderHealth,
    disk: DiskSpace,
    receiveWebhook: ReceiveWebhook,
    api: s.api,
  });
  make(
    bind,
    s.hosted,
    ({ resources: { http }, httpAnswers }): HostedService => ({
      role: 'http',
      start: async () => http?.answer(httpAnswers),
      stop: async () => http?.stop(),
    }),
    parts('resources', 'httpAnswers'),
  );
});

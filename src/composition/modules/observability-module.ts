import { ContainerModule } from 'inversify';
import { PrometheusMetrics } from '../../adapters/observability/prometheus-metrics.js';
import { PostgresSystemStats } from '../../adapters/postgres/stores/jobs/postgres-system-stats.js';
import { services as s } from '../identifiers.js';

export const observabilityModule = new ContainerModule(({ bind }) => {
  bind(s.prometheus)
    .toResolvedValue(
      ({ pool }, registry, clock, disk, log) =>
        new PrometheusMetrics({ stats: new PostgresSystemStats(pool, registry, clock), disk, log }),
      [s.resources, s.workerRegistry, s.clock, s.disk, s.log],
    )
    .inSingletonScope();
  bind(s.metrics).toService(s.prometheus);
});

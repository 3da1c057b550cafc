import { ContainerModule } from 'inversify';
import { StandardWebhook } from '../../adapters/alerts/standard-webhook.js';
import { ProviderHealth } from '../../application/jobs/provider-health.js';
import { NoteTroubles } from '../../application/operator/note-troubles.js';
import { SendAlerts } from '../../application/operator/send-alerts.js';
import { DiskSpace } from '../../application/policy/disk-space.js';
import type { HostedService } from '../../application/ports/hosted-service.js';
import { build, ifBound, make } from '../build.js';
import { parts, services as s } from '../identifiers.js';

const lookMilliseconds = 30_000;

/** Alerts outside the chat: only where the settings name a receiver. The chores of a worker note and send. */
export const alertsModule = new ContainerModule(({ bind }) => {
  build(bind, NoteTroubles, {
    ...parts('database', 'clock', 'ids', 'stats'),
    health: ProviderHealth,
    disk: DiskSpace,
    bot: ifBound(s.telegram),
  });
  make(
    bind,
    StandardWebhook,
    ({ resources: { config }, clock }) => {
      if (config.alerts === null) throw new Error('the settings name no receiver of alerts');
      return new StandardWebhook({ ...config.alerts, clock });
    },
    parts('resources', 'clock'),
  );
  build(bind, SendAlerts, { ...parts('database', 'clock', 'log'), channel: StandardWebhook });
  bind(s.hosted).toService(SendAlerts);
  make(
    bind,
    s.hosted,
    ({ resources: { config }, troubles, log }): HostedService => {
      let looking: NodeJS.Timeout | null = null;
      const look = () =>
        troubles
          .execute()
          .catch((error: unknown) => log.warn('troubles could not be noted; they come again', { error }));
      return {
        role: 'bot',
        start: async () => {
          // Beside a worker it is one of its chores.
          if (!config.roles.has('worker')) looking = setInterval(() => void look(), lookMilliseconds);
        },
        stop: async () => {
          if (looking !== null) clearInterval(looking);
        },
      };
    },
    { ...parts('resources', 'log'), troubles: NoteTroubles },
  );
});

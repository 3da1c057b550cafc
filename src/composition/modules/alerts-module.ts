import { ContainerModule } from 'inversify';
import { StandardWebhook } from '../../adapters/webhooks/standard-webhook.js';
import { ProviderHealth } from '../../application/jobs/provider-health.js';
import { NoteTroubles } from '../../application/operator/note-troubles.js';
import { SendAlerts } from '../../application/operator/send-alerts.js';
import { DiskSpace } from '../../application/policy/disk-space.js';
import type { HostedService } from '../../application/ports/hosted-service.js';
import type { AlertChannel } from '../../application/ports/operator/alert-channel.js';
import { build, ifBound, make } from '../build.js';
import { parts, services as s } from '../identifiers.js';
import type { Resources } from '../resources.js';

const lookMilliseconds = 30_000;

/** Whether there is anybody to tell: operators with a bot to talk to, or a receiver outside the chat. */
export const tellsOfTroubles = ({ config, telegramAccount }: Resources): boolean =>
  config.alerts !== null || (telegramAccount !== null && config.policy.admins.size > 0);

/** Tells operators of troubles, in their chats and outside. The chores of a worker note and send. */
export const alertsModule = new ContainerModule(({ bind }) => {
  build(bind, NoteTroubles, {
    ...parts('database', 'clock', 'ids', 'stats', 'policy'),
    health: ProviderHealth,
    disk: DiskSpace,
    bot: ifBound(s.telegram),
  });
  make(
    bind,
    s.alertWays,
    ({ resources: { config }, telegram, clock }) => {
      const ways: Record<string, AlertChannel> = {};
      if (config.alerts !== null) ways.webhook = new StandardWebhook({ ...config.alerts, clock });
      if (telegram !== undefined)
        for (const operator of config.policy.admins) ways[operator] = telegram.pager(operator);
      return ways;
    },
    { ...parts('resources', 'clock'), telegram: ifBound(s.telegram) },
  );
  build(bind, SendAlerts, { ...parts('database', 'clock', 'log'), ways: s.alertWays });
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

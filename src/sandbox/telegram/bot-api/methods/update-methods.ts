import { BotApiError, badRequest } from '../../bot-api-error.js';
import type { World } from '../../state/world.js';
import { method } from '../method.js';
import type { Fields } from '../method-parameters.js';

export const updateMethods = [
  method('getUpdates', async (parameters, world) => {
    if (world.webhook.isSet) throw webhookActive();
    readAllowedUpdates(parameters, world);
    const limit = parameters.integer('limit') ?? 100;
    return world.polling.take(
      {
        offset: parameters.integer('offset') ?? 0,
        limit: limit < 1 || limit > 100 ? 100 : limit,
        timeout: Math.min(Math.max(parameters.integer('timeout') ?? 0, 0), 50),
      },
      parameters.connectionClosed,
    );
  }),
  method('setWebhook', (parameters, world) => {
    readAllowedUpdates(parameters, world);
    if (parameters.flag('drop_pending_updates')) world.updates.clear();
    const url = parameters.text('url');
    if (url === '') {
      world.webhook.remove();
      return true;
    }
    checkWebhookUrl(url);
    const secret = parameters.text('secret_token');
    if (!/^[A-Za-z0-9_-]{0,256}$/.test(secret))
      throw badRequest('secret token contains unallowed characters');
    const connections = parameters.integer('max_connections') ?? 40;
    if (connections < 1 || connections > 100) throw badRequest('MAX_CONNECTIONS_INVALID');
    world.polling.interrupt(new BotApiError(409, 'Conflict: terminated by setWebhook request'));
    world.webhook.set({ url, secret, maxConnections: connections });
    return true as const;
  }),
  method('deleteWebhook', (parameters, world) => {
    if (parameters.flag('drop_pending_updates')) world.updates.clear();
    world.webhook.remove();
    return true;
  }),
  method('getWebhookInfo', (_, world) => world.webhook.info()),
];

function readAllowedUpdates(parameters: Fields<'allowed_updates'>, world: World): void {
  const types = parameters.json('allowed_updates', 'allowed updates');
  if (types === undefined) return;
  if (!Array.isArray(types)) throw badRequest("can't parse allowed updates: Expected an Array");
  world.updates.allowOnly(types.map(String));
}

/** Telegram wants https; a sandbox also has to reach a program on the same machine. */
function checkWebhookUrl(url: string): void {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined)
    throw badRequest('bad webhook: Failed to resolve host: Name or service not known');
  const local = ['127.0.0.1', '[::1]', 'localhost'].includes(parsed.hostname);
  if (parsed.protocol !== 'https:' && !local) {
    throw badRequest('bad webhook: An HTTPS URL must be provided for webhook');
  }
}

const webhookActive = (): BotApiError =>
  new BotApiError(
    409,
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
  );

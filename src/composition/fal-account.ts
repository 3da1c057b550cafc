import { falMediaHosts } from '../adapters/fal/files/fal-downloads.js';
import { createFalWebhookAddress } from '../adapters/fal/webhooks/fal-webhook-address.js';
import { type Resources, sandboxAdminKey } from './resources.js';

/** Where fal is: the real one, or the local stand-in. */
export function falAccount({ config, localFal }: Resources) {
  if (localFal !== null) return { apiKey: 'sandbox', queueUrl: localFal.queueUrl, restUrl: localFal.restUrl };
  const { key, queueUrl, restUrl } = config.fal;
  return { apiKey: key ?? '', queueUrl, restUrl };
}

/** Whose bill can be read; `null`: nobody's, without a key for it. */
export function falBillAccount({ config, localFal }: Pick<Resources, 'config' | 'localFal'>) {
  if (localFal !== null) return { apiUrl: localFal.apiUrl, adminKey: sandboxAdminKey };
  const { adminKey, apiUrl } = config.fal;
  return adminKey === null || config.mode === 'sandbox' ? null : { apiUrl, adminKey };
}

/** Hosts from which results may be read. In the sandbox nothing is asked for elsewhere. */
export function mediaHosts({ config, localFal }: Resources): readonly string[] {
  if (localFal !== null) return [new URL(localFal.url).host];
  if (config.mode === 'sandbox') return [];
  return config.fal.mediaHosts ?? falMediaHosts;
}

/** `undefined`: fal has nobody to call. */
export function webhookUrlOf({ config, localFal }: Resources) {
  if (config.publicUrl === null) return undefined;
  return createFalWebhookAddress(config.publicUrl, localFal === null ? (config.fal.key ?? '') : 'sandbox');
}

import { Api } from 'grammy';
import type { Finding } from '../../adapters/cli/cli-host.js';
import { webhookPath } from '../../adapters/telegram/reception/webhook.js';
import type { Clock } from '../../application/ports/clock.js';
import type { Config } from '../settings/config.js';

const subject = 'Telegram webhook';
const recentSeconds = 3600;
const advice = `Telegram must get an answer from PUBLIC_URL${webhookPath}: look at the certificate, the proxy and the port.`;

/** What Telegram says of its calls; nothing to say where updates are fetched. Its last error stays on the list for good. */
export async function checkTelegramWebhook(
  { telegram, publicUrl }: Pick<Config, 'telegram' | 'publicUrl'>,
  clock: Clock,
): Promise<Finding[]> {
  if (telegram.token === null || publicUrl === null) return [];
  try {
    const api = new Api(telegram.token, { apiRoot: telegram.apiUrl, timeoutSeconds: 10 });
    const info = await api.getWebhookInfo();
    const { url = '' } = info;
    const waiting = info.pending_update_count;
    const failedAt = info.last_error_date ?? null;
    const words = [
      url === '' ? 'no webhook is set: a running bot sets it' : `calls ${new URL(url).host}`,
      `${waiting} updates wait`,
      failedAt === null
        ? 'no error'
        : `last error at ${new Date(failedAt * 1000).toISOString()}: ${info.last_error_message ?? 'not explained'}`,
    ];
    const isRecent = failedAt !== null && clock.now().getTime() / 1000 - failedAt < recentSeconds;
    return [{ subject, ok: !(isRecent && waiting > 0), detail: words.join('; '), advice }];
  } catch (error) {
    const detail = `Telegram does not say: ${error instanceof Error ? error.message : String(error)}`;
    return [{ subject, ok: false, detail, advice: 'Check TELEGRAM_BOT_TOKEN and the network.' }];
  }
}

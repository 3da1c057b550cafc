import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import type { Finding } from '../../adapters/cli/cli-host.js';
import type { Config } from '../settings/config.js';

/** Whether files that people send can be had from this Bot API; nothing to say where there is no bot of one's own. */
export async function checkTelegramFiles({ telegram }: Pick<Config, 'telegram'>): Promise<Finding[]> {
  const { token, apiUrl, filesDir } = telegram;
  const subject = 'Telegram files';
  if (token === null || (filesDir === null && new URL(apiUrl).hostname === 'api.telegram.org')) return [];
  if (filesDir === null)
    return [
      {
        subject,
        ok: true,
        detail:
          'TELEGRAM_API_URL is not Telegram itself: from a Bot API server of your own photos and files cannot be had unless it runs with --local and TELEGRAM_FILES_DIR is its folder (a proxy to Telegram needs nothing)',
      },
    ];
  try {
    await access(filesDir, constants.R_OK | constants.X_OK);
    return [{ subject, ok: true, detail: `read from ${filesDir}` }];
  } catch (error) {
    return [
      {
        subject,
        ok: false,
        detail: `${filesDir} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
        advice:
          'Set TELEGRAM_FILES_DIR to the folder of the Bot API server, and let this user read it: no photo can be had until then.',
      },
    ];
  }
}

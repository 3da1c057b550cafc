import type { Finding } from '../../adapters/cli/cli-host.js';
import type { Config } from '../settings/config.js';

/** Whether Telegram knows the bot. */
export async function checkTelegramToken({ telegram, mode }: Config): Promise<Finding> {
  if (telegram.token === null)
    return {
      subject: 'Telegram',
      ok: true,
      detail: mode === 'sandbox' ? 'simulated in the sandbox' : 'no token: no bot',
    };
  return reach('Telegram', `${telegram.apiUrl}/bot${telegram.token}/getMe`, {}, (status) => status === 200, {
    well: 'reachable, and it knows the token',
    ill: 'it refuses the token',
    advice: 'Check TELEGRAM_BOT_TOKEN with @BotFather.',
  });
}

async function reach(
  subject: string,
  url: string,
  headers: Record<string, string>,
  isWell: (status: number) => boolean,
  words: { well: string; ill: string; advice: string },
): Promise<Finding> {
  try {
    const { status } = await fetch(url, { headers, signal: AbortSignal.timeout(10_000) });
    const ok = isWell(status);
    return { subject, ok, detail: ok ? words.well : `${words.ill} (${status})`, advice: words.advice };
  } catch (error) {
    const cause =
      error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    // The address of the Bot API holds the token: only the host is named.
    return {
      subject,
      ok: false,
      detail: `${new URL(url).host} is out of reach: ${cause}`,
      advice: 'Check the network.',
    };
  }
}

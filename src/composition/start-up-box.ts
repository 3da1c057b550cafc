import { resolve } from 'node:path';
import type { Config } from '../config.js';

/** What is live, what is simulated and where to look, in a frame. `port` is null without the http role. */
export function startUpBox(
  config: Config,
  { port, settingsFile }: { port: number | null; settingsFile: string | null },
): string {
  const address = `http://localhost:${port}`;
  const sandbox = config.mode === 'sandbox';
  const { priceImage } = config.policy;
  const lines = [
    sandbox ? 'Aisha is ready — SANDBOX' : 'Aisha is ready',
    '',
    `fal.ai     ${sandbox ? 'simulated here: pictures are drawn, not generated' : 'live'}`,
    `Telegram   ${telegram(config)}`,
    `settings   ${settingsFile ?? `the environment (no .env in ${process.cwd()})`}`,
    `database   ${config.databaseUrl === null ? `embedded PostgreSQL in ${resolve(config.dataDir)}` : 'PostgreSQL at DATABASE_URL'}`,
    `images     ${resolve(config.dataDir, 'media')}`,
    `roles      ${[...config.roles].join(', ')}`,
    `price      ${priceImage === 0 ? 'free' : `${priceImage} credits an image`}`,
    ...(port === null ? [] : ['', ...addresses(config, address)]),
    ...(sandbox
      ? ['', 'Try it:    npm run --silent aisha -- generate --avatar demo-portrait "in medieval armor"']
      : []),
  ];
  const width = Math.max(...lines.map((line) => [...line].length));
  const framed = lines.map((line) => `│ ${line}${' '.repeat(width - [...line].length)} │`);
  return `┌${'─'.repeat(width + 2)}┐\n${framed.join('\n')}\n└${'─'.repeat(width + 2)}┘\n`;
}

function telegram({ mode, telegram: { token }, roles }: Config): string {
  if (!roles.has('bot')) return 'not in this process';
  if (token !== null) return 'live';
  return mode === 'sandbox' ? 'simulated here: a web chat' : 'off';
}

function addresses({ mode, telegram: { token }, publicUrl }: Config, address: string): string[] {
  return [
    ...(mode === 'sandbox' && token === null ? [`chat       ${address}/sandbox`] : []),
    `health     ${address}/readyz`,
    `metrics    ${address}/metrics`,
    ...(publicUrl === null ? [] : [`webhooks   ${publicUrl}/webhooks/…`]),
  ];
}

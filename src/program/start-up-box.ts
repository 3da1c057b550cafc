import { resolve } from 'node:path';
import type { Config } from '../composition/settings/config.js';
import type { Sole } from '../composition/sole-process.js';

interface Facts {
  /** Null without the http role. */
  readonly ports: Sole['ports'];
  /** The `.env` that was read. */
  readonly settingsFile: string | null;
  /** Credits for the cheapest and the dearest. */
  readonly pictures: { readonly from: number; readonly to: number };
}

/** What is live, what is simulated and where to look, in a frame. */
export function startUpBox(config: Config, { ports, settingsFile, pictures: { from, to } }: Facts): string {
  const sandbox = config.mode === 'sandbox';
  const lines = [
    sandbox ? 'Aisha is ready — SANDBOX' : 'Aisha is ready',
    '',
    `fal.ai     ${sandbox ? 'simulated here: pictures are drawn, not generated' : 'live'}`,
    `Telegram   ${telegram(config)}`,
    `settings   ${settingsFile ?? `the environment (no .env in ${process.cwd()})`}`,
    `database   ${config.databaseUrl === null ? `embedded PostgreSQL in ${resolve(config.dataDir)}` : 'PostgreSQL at DATABASE_URL'}`,
    `images     ${resolve(config.dataDir, 'media')}`,
    `roles      ${[...config.roles].join(', ')}`,
    `price      ${to === 0 ? 'free' : `${from === to ? to : `${from}–${to}`} credits an image`}`,
    ...(ports === null ? [] : ['', ...addresses(config, ports)]),
    ...(sandbox ? ['', 'try it     npm run -s aisha -- generate --avatar demo-portrait "in armor"'] : []),
  ].flatMap(wrapped);
  const width = Math.max(...lines.map((line) => [...line].length));
  const framed = lines.map((line) => `│ ${line}${' '.repeat(width - [...line].length)} │`);
  return `┌${'─'.repeat(width + 2)}┐\n${framed.join('\n')}\n└${'─'.repeat(width + 2)}┘\n`;
}

/** What a terminal of 80 columns has room for within the frame. */
const widest = 76;
const indent = 11;

/** Long values go on in the next line, below themselves; a path is broken behind a slash, other text at a space. */
function wrapped(line: string): string[] {
  const letters = [...line];
  if (letters.length <= widest) return [line];
  const breakAt = letters.slice(0, widest).findLastIndex((letter) => letter === '/' || letter === ' ');
  const end = breakAt > indent ? breakAt + 1 : widest;
  const rest = letters.slice(end).join('').trimStart();
  return [letters.slice(0, end).join('').trimEnd(), ...wrapped(`${' '.repeat(indent)}${rest}`)];
}

function telegram({ mode, telegram: { token }, roles }: Config): string {
  if (!roles.has('bot')) return 'not in this process';
  if (token !== null) return 'live';
  return mode === 'sandbox' ? 'simulated here: a web chat' : 'off';
}

function addresses(
  { mode, telegram: { token }, publicUrl, httpHost }: Config,
  { port, statusPort }: NonNullable<Sole['ports']>,
): string[] {
  const status = addressOf(httpHost, statusPort ?? port);
  return [
    ...(mode === 'sandbox' && token === null ? [`chat       ${addressOf(httpHost, port)}/sandbox`] : []),
    `health     ${status}/readyz`,
    `metrics    ${status}/metrics`,
    ...(publicUrl === null ? [] : [`webhooks   ${publicUrl}/webhooks/…`]),
  ];
}

function addressOf(host: string | null, port: number): string {
  if (host === null || ['127.0.0.1', '0.0.0.0', '::', '::1'].includes(host))
    return `http://localhost:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

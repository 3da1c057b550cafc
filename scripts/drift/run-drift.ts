import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocalFal } from '../../src/sandbox/fal/local-fal.js';
import { type FalHosts, realFal } from '../../src/sandbox/fal/recording/fal-recorder.js';
import { startLocalTelegram } from '../../src/sandbox/telegram/local-telegram.js';
import { compare, type Target } from './compare.js';
import { type Probe, probesOf } from './probes.js';
import { falTarget, realTelegram, telegramTarget } from './targets.js';

export interface DriftOptions {
  /** `FAL_KEY` and `TELEGRAM_BOT_TOKEN`: without them only the stand-ins are asked. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** fal may be asked what costs money: one small picture. */
  readonly paid: boolean;
  /** Telegram may send a message to this chat, and delete it. */
  readonly chat: string | undefined;
  readonly out: (line: string) => void;
  readonly fal?: FalHosts;
  readonly telegram?: string;
}

/** @returns 0: all as in the fixtures; 1: something is not; 2: somebody could not be asked */
export async function runDrift(options: DriftOptions): Promise<0 | 1 | 2> {
  const folder = await mkdtemp(join(tmpdir(), 'aisha-drift-'));
  const fal = await startLocalFal({ folder: join(folder, 'fal'), imageMilliseconds: 0, key: 'drift' });
  const telegram = await startLocalTelegram({ folder: join(folder, 'telegram') });
  telegram.drive.sendText(1, '/start');
  const all: Probe['asks'][] = ['free', 'costs', 'local'];
  const addresses = { queue: fal.queueUrl, run: fal.runUrl, rest: fal.restUrl, api: fal.apiUrl };
  try {
    const falCodes = [
      await report(probesOf('fal'), falTarget('the local fal', addresses, 'drift', all), options.out),
      await askReal('FAL_KEY', options, (key) =>
        report(
          probesOf('fal'),
          falTarget('fal', options.fal ?? realFal, key, spending(options.paid)),
          options.out,
        ),
      ),
    ];
    const local = telegramTarget('the local Telegram', telegram.url, telegram.token, all);
    const telegramCodes = [
      await report(probesOf('telegram'), local, options.out),
      await askReal('TELEGRAM_BOT_TOKEN', options, (token) => {
        const may = spending(options.chat !== undefined);
        const root = options.telegram ?? realTelegram;
        return report(
          probesOf('telegram'),
          telegramTarget('Telegram', root, token, may, options.chat),
          options.out,
        );
      }),
    ];
    return Math.max(...falCodes, ...telegramCodes) as 0 | 1 | 2;
  } finally {
    await Promise.all([fal.close(), telegram.close()]);
    await rm(folder, { recursive: true, force: true });
  }
}

const spending = (isAllowed: boolean): Probe['asks'][] => (isAllowed ? ['free', 'costs'] : ['free']);

async function askReal(
  name: 'FAL_KEY' | 'TELEGRAM_BOT_TOKEN',
  { variables, out }: DriftOptions,
  ask: (secret: string) => Promise<0 | 1 | 2>,
): Promise<0 | 1 | 2> {
  const secret = variables[name]?.trim();
  if (secret !== undefined && secret !== '') return ask(secret);
  out(`The real one was not asked: ${name} is not set`);
  return 0;
}

async function report(
  probes: readonly Probe[],
  target: Target,
  out: (line: string) => void,
): Promise<0 | 1 | 2> {
  const asked = probes.filter(({ asks }) => target.may.includes(asks)).length;
  try {
    const found = await compare(probes, target);
    for (const line of found) out(line);
    out(
      `${target.name}: ${asked} answers, ${found.length === 0 ? 'all as in the fixtures' : `${found.length} differences`}`,
    );
    return found.length === 0 ? 0 : 1;
  } catch (error) {
    // Only the kind of trouble: a message of the network may have the address, and Telegram's has the token.
    out(`${target.name} could not be asked: ${error instanceof Error ? error.name : 'no answer'}`);
    return 2;
  }
}

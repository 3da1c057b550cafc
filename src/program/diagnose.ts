import { resolve } from 'node:path';
import type { Finding } from '../adapters/cli/cli-host.js';
import { checkFal } from '../adapters/fal/fal-check-up.js';
import { createLogger } from '../adapters/observability/pino-logger.js';
import { connectionShortage } from '../adapters/postgres/connection/connection-shares.js';
import { systemClock } from '../adapters/system/system-clock.js';
import { checkBucket } from '../composition/checks/check-bucket.js';
import { checkEvents } from '../composition/checks/check-events.js';
import { checkFaces } from '../composition/checks/check-faces.js';
import { checkFolder, checkPrivacy } from '../composition/checks/check-folder.js';
import { checkHeic } from '../composition/checks/check-heic.js';
import { checkJobs } from '../composition/checks/check-jobs.js';
import { checkSecretFiles } from '../composition/checks/check-secret-files.js';
import { checkStars, checkWaitingPayments } from '../composition/checks/check-stars.js';
import { checkTelegramFiles } from '../composition/checks/check-telegram-files.js';
import { checkTelegramToken } from '../composition/checks/check-telegram-token.js';
import { type Composed, compose } from '../composition/composition-root.js';
import { services } from '../composition/identifiers.js';
import { isInstalled, noInstallation } from '../composition/installation.js';
import { checkPrices } from '../composition/settings/check-prices.js';
import { type Config, ConfigError, loadConfig } from '../composition/settings/config.js';
import { checkBill } from './check-bill.js';
import { answerTo } from './exit-code.js';

/** So many of the latest are looked at: a second's work, however many there are. */
const latestEntries = 300;

/**
 * Looks at everything that can be wrong with this installation, as far as it gets.
 * @param full at every entry of the ledger, and every file
 */
export async function diagnose(
  variables: Readonly<Record<string, string | undefined>>,
  settingsFile: string | null,
  full = false,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const config = settings(variables, settingsFile, findings);
  if (config === null) return findings;
  findings.push(...checkSecretFiles(variables, settingsFile));
  const installation = await installed(config, settingsFile);
  const prices = await checkPrices(config, systemClock.now());
  findings.push(installation, checkFaces(config), prices);
  if (!installation.ok || !prices.ok)
    return [
      ...findings,
      ...(await falItself(config)),
      await checkTelegramToken(config),
      ...(await telegramWebhook(config)),
      ...(await checkTelegramFiles(config)),
    ];
  findings.push(await checkFolder(config), await checkPrivacy(config, full), checkHeic());
  findings.push(
    ...(await checkBucket({ config, clock: systemClock, log: createLogger({ level: 'silent' }) })),
  );
  const composed = await database(config, findings);
  if (composed === null) return findings;
  try {
    findings.push(await connections(composed), await books(composed, full), await checkStars(composed));
    findings.push(await checkWaitingPayments(composed));
    findings.push(await checkBill(composed));
    findings.push(...(await checkJobs(composed)), await checkEvents(composed));
  } finally {
    await composed.resources.close();
  }
  findings.push(
    ...(await falItself(config)),
    await checkTelegramToken(config),
    ...(await telegramWebhook(config)),
    ...(await checkTelegramFiles(config)),
  );
  return findings;
}

/** Read only here: every command would start slower with the whole bot. */
async function telegramWebhook(config: Config): Promise<Finding[]> {
  const { checkTelegramWebhook } = await import('../composition/checks/check-telegram-webhook.js');
  return checkTelegramWebhook(config, systemClock);
}

function settings(
  variables: Readonly<Record<string, string | undefined>>,
  settingsFile: string | null,
  findings: Finding[],
): Config | null {
  const source = settingsFile ?? `the environment (no .env in ${process.cwd()})`;
  try {
    const config = loadConfig(variables);
    findings.push({
      subject: 'settings',
      ok: true,
      detail: `${config.mode} mode, roles ${[...config.roles].join(', ')}; from ${source}`,
    });
    return config;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    findings.push(
      ...error.problems.map((detail) => ({
        subject: 'settings',
        ok: false,
        detail,
        advice: `See .env.example. They come from ${source}.`,
      })),
    );
    return null;
  }
}

/** Looking makes nothing: doctor in another folder would else bring a second, empty installation into the world. */
async function installed(config: Config, settingsFile: string | null): Promise<Finding> {
  const subject = 'installation';
  const found = await isInstalled(config).catch((error: unknown) => answerTo(error).message);
  if (found === true)
    return {
      subject,
      ok: true,
      detail: config.databaseUrl === null ? resolve(config.dataDir) : 'DATABASE_URL',
    };
  const { message } = noInstallation(config, settingsFile, 'or start the service here once (aisha start)');
  return { subject, ok: false, detail: found === false ? message : `${found}` };
}

async function database(config: Config, findings: Finding[]): Promise<Composed | null> {
  try {
    const composed = await compose(config, createLogger({ level: 'silent' }), {
      fal: false,
      telegram: false,
      onlyExisting: true,
    });
    const { rows } = await composed.resources.pool.query<{ version: string }>(
      "select current_setting('server_version') as version",
    );
    findings.push({
      subject: 'database',
      ok: true,
      detail: `PostgreSQL ${rows[0]?.version}, schema up to date`,
    });
    return composed;
  } catch (error) {
    findings.push({ subject: 'database', ok: false, detail: answerTo(error).message ?? String(error) });
    return null;
  }
}

/** This command is gone in a moment, and waits for its turn: it is not counted. */
async function connections({ resources: { pool, config } }: Composed): Promise<Finding> {
  const shortage = await connectionShortage(pool, false);
  const most = config.databaseConnections;
  return shortage === null
    ? { subject: 'connections', ok: true, detail: `enough for all processes, at most ${most} each` }
    : { subject: 'connections', ok: false, ...shortage };
}

async function books({ container }: Composed, full: boolean): Promise<Finding> {
  const breaches = await container
    .get(services.database)
    .stores.ledger.breaches(full ? undefined : latestEntries);
  const well = 'every balance is the sum of its entries, every job is accounted for';
  const whose = `looked at: all who had a part in the latest ${latestEntries} entries; --full: everybody`;
  return {
    subject: 'ledger',
    ok: breaches.length === 0,
    detail: `${breaches.length === 0 ? well : breaches.join('; ')}${full ? '' : ` (${whose})`}`,
    advice: 'This should be impossible: keep a copy of the database and report it.',
  };
}

async function falItself({ mode, fal: { key, queueUrl, restUrl } }: Config): Promise<readonly Finding[]> {
  if (mode === 'sandbox') return [{ subject: 'fal.ai', ok: true, detail: 'simulated in the sandbox' }];
  return checkFal({ apiKey: key ?? '', queueUrl, restUrl }, systemClock);
}

import { resolve } from 'node:path';
import type { CliHost } from '../adapters/cli/cli-host.js';
import { LegacyPostgresAvatars } from '../adapters/legacy/legacy-postgres-avatars.js';
import { createLogger } from '../adapters/observability/pino-logger.js';
import { type Composed, compose } from '../composition/composition-root.js';
import { services } from '../composition/identifiers.js';
import { isInstalled, noInstallation } from '../composition/installation.js';
import { type Config, ConfigError, loadConfig, secretsOf } from '../composition/settings/config.js';
import { plainDatabaseUrl, problemsOfDatabaseUrl } from '../composition/settings/database-url.js';
import { type Aisha, aishaOn } from '../library.js';
import { diagnose } from './diagnose.js';
import { answerTo } from './exit-code.js';
import { standIns } from './stand-ins.js';

/** The program as the commands see it. Nothing is opened before a command needs it. */
export function openCliHost(
  variables: Readonly<Record<string, string | undefined>>,
  settingsFile: string | null = null,
): CliHost & { close(): Promise<void> } {
  let opening: Promise<Composed> | null = null;
  let aisha: Aisha | null = null;
  const config = once(() => loadConfig(variables, new Set()));
  const err = (text: string) => void process.stderr.write(text);
  const open = (wanted: { fal: boolean; telegram?: boolean; onlyExisting?: boolean }) => {
    opening ??= compose(config(), quietLogger(config()), { telegram: false, ...wanted });
    return opening;
  };
  /** Whoever looks into it later must know where it is. */
  const sayIfNew = async () => {
    if (!(await isInstalled(config()))) err(`A new installation is made in ${resolve(config().dataDir)}\n`);
  };
  const refuseWrongPlace = async (purpose: 'reads' | 'changes' | 'talks', isNew: boolean) => {
    if (await isInstalled(config())) return;
    if (purpose !== 'changes')
      throw noInstallation(config(), settingsFile, 'or start the service here once (aisha start)');
    const isNamed = (variables.DATA_DIR ?? '').trim() !== '';
    if (!isNew && !isNamed) throw noInstallation(config(), settingsFile, 'or make a new one with --new');
    await sayIfNew();
  };
  return {
    out: (text) => void process.stdout.write(text),
    err,
    isTerminal: process.stderr.isTTY === true,
    get localUser() {
      return config().mode === 'sandbox' ? '1' : null;
    },
    async services(purpose, isNew = false) {
      await refuseWrongPlace(purpose, isNew);
      const { container } = await open({
        fal: false,
        telegram: purpose === 'talks',
        onlyExisting: purpose !== 'changes',
      });
      return container.get(services.cli);
    },
    get oldDatabaseUrl() {
      return config().oldDatabaseUrl;
    },
    legacyAvatars: (url) => new LegacyPostgresAvatars(oldDatabase(url)),
    generate(request) {
      const worker = loadConfig(variables, new Set(['worker']));
      aisha ??= aishaOn(async () => {
        await sayIfNew();
        return open({ fal: true });
      }, worker);
      return aisha.generateAvatarImage(request);
    },
    async retiredEndpoints() {
      try {
        if (!(await isInstalled(config()))) return { endpoints: new Set<string>(), trouble: null };
        const { container } = await open({ fal: false, onlyExisting: true });
        const troubled = await container.get(services.database).stores.endpoints.troubled();
        const retired = troubled.filter(({ retirement }) => retirement !== null);
        return { endpoints: new Set(retired.map(({ endpoint }) => endpoint)), trouble: null };
      } catch (error) {
        return { endpoints: new Set<string>(), trouble: answerTo(error).message ?? String(error) };
      }
    },
    diagnose: (full) => diagnose(variables, settingsFile, full),
    async serve() {
      const serviceConfig = loadConfig(variables);
      // The bot and the web server are read only by the one command that runs them.
      const { serve } = await import('./serve.js');
      return serve(serviceConfig, settingsFile);
    },
    standIns,
    async close() {
      if (aisha !== null) await aisha.close();
      else if (opening !== null)
        await opening.then(
          ({ resources }) => resources.close(),
          () => undefined,
        );
    },
  };
}

function oldDatabase(url: string): string {
  const problems = problemsOfDatabaseUrl('The address of the old database', url);
  if (problems.length > 0) throw new ConfigError(problems);
  return plainDatabaseUrl(url);
}

/** Commands speak for themselves; only what went wrong is logged beside them. */
const quietLogger = (config: Config) =>
  createLogger({
    level: config.logLevel === 'info' ? 'error' : config.logLevel,
    secrets: secretsOf(config),
  });

function once<Value>(make: () => Value): () => Value {
  let made: { value: Value } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

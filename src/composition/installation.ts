import { resolve } from 'node:path';
import { hasCluster } from '../adapters/postgres/embedded/cluster-place.js';
import type { Config } from './settings/config.js';

/** A command was to look at, or to change, what is not there. Its message says where it looked. */
export class NoInstallation extends Error {
  override readonly name = 'NoInstallation';
}

/** Whether there is a database to open: one of the operator's own, or one that an earlier start made. */
export async function isInstalled({ databaseUrl, dataDir }: Config): Promise<boolean> {
  return databaseUrl !== null || hasCluster(resolve(dataDir));
}

/** @param wayOut what the person can do beside naming the right place */
export function noInstallation(config: Config, settingsFile: string | null, wayOut: string): NoInstallation {
  const settings = settingsFile === null ? `no .env in ${process.cwd()}` : `settings from ${settingsFile}`;
  return new NoInstallation(
    `There is no installation in ${resolve(config.dataDir)} (${settings}). Run this in the folder of the service, or set DATA_DIR or DATABASE_URL to what the service uses; ${wayOut}.`,
  );
}

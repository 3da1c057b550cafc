import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Data folder of the one cluster of this run; `test/support/postgres.ts` opens it on first use. */
    postgresDataDir: string;
  }
}

const prefix = 'aisha-test-postgres-';

/**
 * One PostgreSQL for a whole vitest run. It starts when the first test asks for a database, so that runs without one
 * pay nothing, and ends with the run.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await removeLeftOvers();
  const dataDir = await mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`));
  project.provide('postgresDataDir', dataDir);
  return () => removeCluster(dataDir);
}

/** Of runs that were killed before they could tidy up. */
async function removeLeftOvers(): Promise<void> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(prefix));
  const dead = names.filter((name) => !isRunning(Number.parseInt(name.slice(prefix.length), 10)));
  await Promise.all(dead.map((name) => removeCluster(join(tmpdir(), name))));
}

/** Nothing in it is worth saving: the server is told to quit without flushing. */
async function removeCluster(dataDir: string): Promise<void> {
  const pid = await serverPid(dataDir);
  if (pid !== undefined && isRunning(pid)) {
    process.kill(pid, process.platform === 'win32' ? 'SIGKILL' : 'SIGQUIT');
    while ((await serverPid(dataDir)) !== undefined && isRunning(pid)) await delay(5);
  }
  await rm(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
}

async function serverPid(dataDir: string): Promise<number | undefined> {
  const file = join(dataDir, 'postgres', 'postmaster.pid');
  const content = await readFile(file, 'utf8').catch(() => '');
  return Number.parseInt(content, 10) || undefined;
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

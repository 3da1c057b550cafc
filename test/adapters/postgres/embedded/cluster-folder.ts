import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';

/** A fresh folder of this test; its own permissions are like those of a folder that `mkdir` made. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'aisha-cluster-'));
  await chmod(folder, 0o755);
  return folder;
}

/** Ends the server of a data folder, if one runs there, and deletes the folder. */
export async function removeDataFolder(dataDir: string): Promise<void> {
  const pid = await serverPid(dataDir);
  if (pid !== undefined && isRunning(pid)) {
    process.kill(pid, 'SIGQUIT');
    await until(async () => (await serverPid(dataDir)) === undefined || !isRunning(pid));
  }
  await rm(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
}

/** The process id in `postmaster.pid`. */
export async function serverPid(dataDir: string): Promise<number | undefined> {
  const content = await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').catch(() => '');
  return Number.parseInt(content, 10) || undefined;
}

export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Waits for an event that nobody announces. */
export async function until(happened: () => Promise<boolean>): Promise<void> {
  while (!(await happened())) await delay(2);
}

export async function query(connectionString: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString });
  // A killed server breaks the connection with an event; the query that was under way is rejected as well.
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

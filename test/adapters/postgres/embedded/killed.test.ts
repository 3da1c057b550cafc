import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, copyFile, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from 'vitest';
import { openEmbeddedCluster } from '../../../../src/adapters/postgres/embedded/embedded-cluster.js';
import { findServer } from '../../../../src/adapters/postgres/embedded/find-server.js';
import { isRunning, query, removeDataFolder, serverPid, temporaryFolder, until } from './cluster-folder.js';
import { type ClusterProgram, compileClusterProgram } from './cluster-program.js';

/** A living process of the server's own account: one of another account would not impress PostgreSQL. */
async function livingProcess(dataDir: string): Promise<ChildProcess> {
  const { uid, gid } = await stat(join(dataDir, 'postgres'));
  const child = spawn('sleep', ['600'], process.getuid?.() === 0 ? { uid, gid } : {});
  await once(child, 'spawn');
  return child;
}

describe('after something was killed', async () => {
  const dataDir = await temporaryFolder();
  const fresh = [await temporaryFolder(), await temporaryFolder()] as const;
  const pidFile = join(dataDir, 'postgres', 'postmaster.pid');
  let program: ClusterProgram;

  beforeAll(async () => {
    program = await compileClusterProgram();
    const cluster = await openEmbeddedCluster({ dataDir });
    await query(cluster.connectionString, 'create table saved (step text)');
    await cluster.close();
  });

  afterAll(async () => {
    await Promise.all([dataDir, ...fresh].map(removeDataFolder));
    await program.remove();
  });

  const openAndExpect = async (steps: string[], startedHere: boolean) => {
    const cluster = await openEmbeddedCluster({ dataDir });
    const rows = await query(cluster.connectionString, 'select step from saved order by step');
    await query(cluster.connectionString, 'truncate saved');
    await cluster.close();
    expect(rows.map(({ step }) => step)).toEqual(steps);
    expect(cluster.startedHere).toBe(startedHere);
    expect(await serverPid(dataDir)).toBeUndefined();
  };

  /** Leaves a server that lost its program, with one committed row. */
  const orphanedServer = async (): Promise<number> => {
    const running = program.start(dataDir);
    const { connectionString } = await running.opened;
    await query(connectionString, `insert into saved values ('committed')`);
    await running.kill();
    return (await serverPid(dataDir)) ?? 0;
  };

  const killServer = async (pid: number) => {
    process.kill(pid, 'SIGKILL');
    // Its end may go unnoticed by an init process that reaps nobody, so the port is asked instead of the pid.
    const port = Number((await readFile(pidFile, 'utf8')).split('\n')[3]);
    await until(() =>
      query(`postgres://aisha@127.0.0.1:${port}/aisha`, 'select').then(
        () => false,
        (error) => error.code === 'ECONNREFUSED',
      ),
    );
  };

  it('the server of a killed program lives on and is found again', async () => {
    const pid = await orphanedServer();
    expect(isRunning(pid)).toBe(true);
    await openAndExpect(['committed'], false);
  });

  it('the server of a program that ended without closing is found again', async () => {
    const running = program.start(dataDir);
    await running.opened;
    running.child.disconnect();
    expect(await once(running.child, 'exit')).toEqual([0, null]);
    await openAndExpect([], false);
  });

  it('a killed server is started again and recovers what was committed', async () => {
    await killServer(await orphanedServer());
    await openAndExpect(['committed'], true);
  });

  it('processes that a killed server left at work are awaited, since they may still write', async () => {
    const running = program.start(dataDir);
    const { connectionString } = await running.opened;
    const work = 'select pg_sleep(600)';
    const busy = query(connectionString, work).catch(() => []);
    let backend = 0;
    await until(async () => {
      const [row] = await query(connectionString, `select pid from pg_stat_activity where query = '${work}'`);
      backend = Number(row?.pid ?? 0);
      return backend !== 0;
    });
    // It would notice the end of its server; so it holds what it has for as long as this test wants.
    process.kill(backend, 'SIGSTOP');
    onTestFailed(() => void process.kill(backend, 'SIGKILL'));
    await killServer((await serverPid(dataDir)) ?? 0);
    const again = openAndExpect([], true);
    await until(async () =>
      (await readFile(join(dataDir, 'postgres.log'), 'utf8')).includes('pre-existing shared memory block'),
    );
    process.kill(backend, 'SIGCONT');
    await again;
    await busy;
    await running.kill();
  });

  it('a pid file whose pid belongs to another program by now is no obstacle', async () => {
    const pid = await orphanedServer();
    await killServer(pid);
    const stranger = await livingProcess(dataDir);
    const content = await readFile(pidFile, 'utf8');
    await writeFile(pidFile, content.replace(/^\d+/, String(stranger.pid)));
    await openAndExpect(['committed'], true);
    expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
    stranger.kill();
  });

  it('a stale pid file is found out also where the system does not tell what a process is', async () => {
    await killServer(await orphanedServer());
    const stranger = await livingProcess(dataDir);
    const content = await readFile(pidFile, 'utf8');
    await writeFile(pidFile, content.replace(/^\d+/, String(stranger.pid)));
    const credentials = { cluster: join(dataDir, 'postgres'), password: '', applicationName: '' };
    const lines: string[] = [];
    const found = await findServer(
      credentials,
      (line) => lines.push(line),
      async () => undefined,
    );
    expect(found).toBeUndefined();
    expect(lines).toEqual([expect.stringContaining(`process ${stranger.pid} is not the server`)]);
    expect(isRunning((await serverPid(dataDir)) ?? 0)).toBe(false);
    stranger.kill();
    await openAndExpect(['committed'], true);
  });

  it('a torn pid file is no obstacle', async () => {
    await writeFile(pidFile, '');
    await openAndExpect([], true);
  });

  it('a pid file that was copied over from a dead server is no obstacle', async () => {
    const pid = await orphanedServer();
    const { uid, gid } = await stat(pidFile);
    await copyFile(pidFile, `${pidFile}.copy`);
    await openAndExpect(['committed'], false);
    await copyFile(`${pidFile}.copy`, pidFile);
    await chown(pidFile, uid, gid);
    expect(pid).toBe(await serverPid(dataDir));
    await openAndExpect([], true);
  });

  it('a server that is shutting down is awaited, then started again', async () => {
    process.kill(await orphanedServer(), 'SIGINT');
    await openAndExpect(['committed'], true);
  });

  it('a server that is recovering is awaited, not started twice', async () => {
    await killServer(await orphanedServer());
    const both = [program.start(dataDir), program.start(dataDir)];
    const opened = await Promise.all(both.map((running) => running.opened));
    expect(opened.map(({ startedHere }) => startedHere).sort()).toEqual([false, true]);
    await both[0]?.close();
    await both[1]?.close();
    await openAndExpect(['committed'], true);
  });

  it('programs that start at the same time on a fresh folder share one server', async () => {
    const programs = [1, 2, 3].map(() => program.start(fresh[0]));
    const opened = await Promise.all(programs.map((running) => running.opened));
    expect(opened.filter(({ startedHere }) => startedHere)).toHaveLength(1);
    expect(new Set(opened.map(({ connectionString }) => new URL(connectionString).port)).size).toBe(1);
    for (const running of programs) await running.close();
    expect(await serverPid(fresh[0])).toBeUndefined();
  });

  it('an interrupted first start leaves nothing that stops the next one', async () => {
    const drafts = async () => (await readdir(fresh[1])).filter((name) => name.startsWith('postgres.new-'));
    const running = program.start(fresh[1]);
    await until(async () => {
      const [draft] = await drafts();
      return draft !== undefined && (await readdir(join(fresh[1], draft, 'data')).catch(() => [])).length > 0;
    });
    await running.kill();
    expect(await drafts()).toHaveLength(1);
    const cluster = await openEmbeddedCluster({ dataDir: fresh[1] });
    expect(await query(cluster.connectionString, 'select 1 as one')).toEqual([{ one: 1 }]);
    await cluster.close();
    const left = (await readdir(fresh[1])).filter((name) => !name.startsWith('postgresql-'));
    expect(left.sort()).toEqual(['postgres', 'postgres.log']);
  });
});

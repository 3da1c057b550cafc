import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import { openEmbeddedCluster } from '../../../../src/adapters/postgres/embedded/embedded-cluster.js';
import { isRunning, query, removeDataFolder, serverPid, temporaryFolder } from './cluster-folder.js';

describe('the embedded cluster', async () => {
  const dataDir = await temporaryFolder();
  const fresh = await temporaryFolder();
  afterAll(() => Promise.all([removeDataFolder(dataDir), removeDataFolder(fresh)]));

  const rules: [string, string][] = [
    ['server_encoding', 'UTF8'],
    ['fsync', 'on'],
    ['synchronous_commit', 'on'],
    ['full_page_writes', 'on'],
    ['listen_addresses', '127.0.0.1'],
    ['unix_socket_directories', ''],
    ['password_encryption', 'scram-sha-256'],
    ['max_connections', '100'],
    ['shared_buffers', '64MB'],
    ['jit', 'off'],
    ['TimeZone', 'UTC'],
  ];

  it('is made at the first start, with settings for a small machine that loses nothing', async () => {
    const cluster = await openEmbeddedCluster({ dataDir });
    expect(cluster.startedHere).toBe(true);
    for (const [name, value] of rules) {
      expect(await query(cluster.connectionString, `select current_setting('${name}') as value`)).toEqual([
        { value },
      ]);
    }
    expect(
      await query(cluster.connectionString, `select current_database() as name, lower('ЁЖ') as word`),
    ).toEqual([{ name: 'aisha', word: 'ёж' }]);
    await cluster.close();
  });

  it('lets nobody in without the password, which only its owner can read', async () => {
    const cluster = await openEmbeddedCluster({ dataDir });
    const password = await readFile(join(dataDir, 'postgres', 'aisha-password'), 'utf8');
    expect(password).toMatch(/^[0-9a-f]{48}$/);
    expect((await stat(join(dataDir, 'postgres', 'aisha-password'))).mode & 0o777).toBe(0o600);
    expect((await stat(join(dataDir, 'postgres'))).mode & 0o777).toBe(0o700);
    const guess = cluster.connectionString.replace(password, 'guess');
    await expect(query(guess, 'select 1')).rejects.toThrow(/password authentication failed/);
    const methods = await query(
      cluster.connectionString,
      'select distinct auth_method from pg_hba_file_rules',
    );
    expect(methods).toEqual([{ auth_method: 'scram-sha-256' }]);
    await cluster.close();
  });

  it('keeps what was stored, and its server is gone after the close', async () => {
    const first = await openEmbeddedCluster({ dataDir });
    await query(first.connectionString, 'create table kept as select 42 as answer');
    const pid = await serverPid(dataDir);
    await first.close();
    await first.close();
    expect(await serverPid(dataDir)).toBeUndefined();
    const second = await openEmbeddedCluster({ dataDir });
    expect(second.startedHere).toBe(true);
    expect(await serverPid(dataDir)).not.toBe(pid);
    expect(await query(second.connectionString, 'select answer from kept')).toEqual([{ answer: 42 }]);
    await second.close();
  });

  it('is shared by all openers until the last one closes', async () => {
    const first = await openEmbeddedCluster({ dataDir });
    const second = await openEmbeddedCluster({ dataDir });
    expect(second.startedHere).toBe(false);
    await first.close();
    expect(await query(second.connectionString, 'select 1 as one')).toEqual([{ one: 1 }]);
    await second.close();
    expect(await serverPid(dataDir)).toBeUndefined();
  });

  it('is left to a client that is still connected', async () => {
    const cluster = await openEmbeddedCluster({ dataDir });
    const url = new URL(cluster.connectionString);
    url.search = '';
    const other = new pg.Client({ connectionString: url.href });
    await other.connect();
    await cluster.close();
    expect((await other.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    await other.end();
    const next = await openEmbeddedCluster({ dataDir });
    expect(next.startedHere).toBe(false);
    await next.close();
    expect(await serverPid(dataDir)).toBeUndefined();
  });

  it("does not count the program's own connections as others", async () => {
    const cluster = await openEmbeddedCluster({ dataDir });
    const own = new pg.Client({ connectionString: cluster.connectionString });
    const cutOff = new Promise((resolve) => own.on('error', resolve));
    await own.connect();
    await cluster.close();
    expect(await serverPid(dataDir)).toBeUndefined();
    await cutOff;
  });

  it('starts once for many who open a fresh folder at the same time', async () => {
    const clusters = await Promise.all([1, 2, 3, 4].map(() => openEmbeddedCluster({ dataDir: fresh })));
    expect(clusters.filter(({ startedHere }) => startedHere)).toHaveLength(1);
    const ports = new Set(clusters.map(({ connectionString }) => new URL(connectionString).port));
    expect(ports.size).toBe(1);
    await Promise.all(clusters.map((cluster) => cluster.close()));
    expect(await serverPid(fresh)).toBeUndefined();
  });

  it('takes settings for this start', async () => {
    const cluster = await openEmbeddedCluster({ dataDir, settings: { fsync: 'off', work_mem: '5MB' } });
    expect(await query(cluster.connectionString, `select current_setting('fsync') as fsync`)).toEqual([
      { fsync: 'off' },
    ]);
    await cluster.close();
  });

  it('closes without a word when somebody deleted its folder', async () => {
    const cluster = await openEmbeddedCluster({ dataDir: fresh });
    const pid = (await serverPid(fresh)) ?? 0;
    process.kill(pid, 'SIGQUIT');
    await removeDataFolder(fresh);
    await cluster.close();
    expect(isRunning(pid) && (await serverPid(fresh)) !== undefined).toBe(false);
  });
});

import { chmod, chown, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ClusterError } from '../../../../src/adapters/postgres/embedded/cluster-error.js';
import { choosePlace } from '../../../../src/adapters/postgres/embedded/cluster-place.js';
import { createCluster } from '../../../../src/adapters/postgres/embedded/create-cluster.js';
import { openEmbeddedCluster } from '../../../../src/adapters/postgres/embedded/embedded-cluster.js';
import { startAndAwait } from '../../../../src/adapters/postgres/embedded/find-server.js';
import {
  isPreferred,
  isRoot,
  unprivilegedAccounts,
} from '../../../../src/adapters/postgres/embedded/system-account.js';
import { temporaryFolder } from './cluster-folder.js';

const ignore = () => {};

/** A cluster that belongs to root is refused for that reason already. */
async function giveAway(path: string): Promise<void> {
  const account = (await unprivilegedAccounts()).find(isPreferred);
  if (account !== undefined) await chown(path, account.uid, account.gid);
}

describe('the embedded cluster refuses in words that help', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await temporaryFolder();
  });

  afterEach(async () => {
    await chmod(folder, 0o755);
    await rm(folder, { recursive: true });
  });

  const refusal = async (dataDir: string): Promise<ClusterError> => {
    const error = await openEmbeddedCluster({ dataDir }).catch((reason: unknown) => reason);
    if (error instanceof ClusterError) return error;
    throw new Error(`no ClusterError: ${String(error)}`);
  };

  /** A program in the place of one of PostgreSQL's. */
  const stub = async (script: string) => {
    const file = join(folder, 'stub');
    await writeFile(file, `#!/bin/sh\n${script}\n`);
    await chmod(file, 0o755);
    return { initdb: file, postgres: file, pgCtl: file, version: '18.0.0' };
  };

  it('a folder that is not writable', async () => {
    // Nobody, not even root, makes folders in /sys.
    const dataDir = isRoot() ? '/sys/aisha' : join(folder, 'data');
    await chmod(folder, 0o555);
    const { code, message } = await refusal(dataDir);
    expect(code).toBe('folder_not_writable');
    expect(message).toContain(`The folder ${dataDir} is not writable`);
    expect(message).toMatch(/chown.*DATA_DIR.*DATABASE_URL/);
  });

  it('a file in the place of the folder', async () => {
    await writeFile(join(folder, 'data'), '');
    const { code, message } = await refusal(join(folder, 'data'));
    expect(code).toBe('folder_not_writable');
    expect(message).toMatch(/a file is in its way/);
    expect((await refusal(join(folder, 'data', 'deeper'))).message).toMatch(/a file is in its way/);
  });

  it('a folder "postgres" that is no database', async () => {
    const { cluster } = await choosePlace(folder, folder, ignore);
    await mkdir(cluster);
    await writeFile(join(cluster, 'diary.txt'), 'mine');
    if (isRoot()) await giveAway(cluster);
    const { code, message } = await refusal(folder);
    expect(code).toBe('creation_failed');
    expect(message).toContain(`${cluster} exists and is no PostgreSQL database`);
    expect(await readdir(cluster)).toEqual(['diary.txt']);
  });

  it('a database of another major version', async () => {
    const { cluster } = await choosePlace(folder, folder, ignore);
    await mkdir(cluster);
    await writeFile(join(cluster, 'PG_VERSION'), '11\n');
    if (isRoot()) await giveAway(cluster);
    const { code, message } = await refusal(folder);
    expect(code).toBe('wrong_version');
    expect(message).toMatch(/PostgreSQL 11; this release brings \d+.*pg_dump/);
  });

  it('an initdb that fails, leaving nothing behind', async () => {
    const place = await choosePlace(folder, folder, ignore);
    const binaries = await stub(
      'mkdir "$(echo "$1" | sed s/--pgdata=//)"; echo "initdb: error: the moon is full" >&2; exit 1',
    );
    await expect(createCluster(place, binaries)).rejects.toMatchObject({
      code: 'creation_failed',
      message: expect.stringContaining('the moon is full'),
    });
    expect(await readdir(folder)).toEqual(['stub']);
  });

  it('a full disk, at creation and at start', async () => {
    const place = await choosePlace(folder, folder, ignore);
    const binaries = await stub('echo "could not write file: No space left on device" >&2; exit 1');
    await expect(createCluster(place, binaries)).rejects.toMatchObject({
      code: 'disk_full',
      message: expect.stringMatching(/no space left.*DATA_DIR/i),
    });
    const credentials = { cluster: place.cluster, password: '', applicationName: '' };
    await expect(startAndAwait(place, binaries, credentials, {})).rejects.toMatchObject({
      code: 'disk_full',
    });
  });

  it('a server that does not start, with its own words', async () => {
    const place = await choosePlace(folder, folder, ignore);
    const credentials = { cluster: place.cluster, password: '', applicationName: '' };
    await expect(
      startAndAwait(place, await stub('echo "FATAL: no"; exit 1'), credentials, {}),
    ).rejects.toMatchObject({
      code: 'start_failed',
      message: expect.stringMatching(/FATAL: no.*postgres\.log/),
    });
    await expect(startAndAwait(place, await stub('exit 7'), credentials, {})).rejects.toMatchObject({
      message: expect.stringContaining('it ended with code 7'),
    });
  });

  it('binaries that cannot be run here', async () => {
    const place = await choosePlace(folder, folder, ignore);
    const nothing = join(folder, 'nothing');
    const binaries = { initdb: nothing, postgres: nothing, pgCtl: nothing, version: '18' };
    await expect(createCluster(place, binaries)).rejects.toMatchObject({
      code: 'binaries_missing',
      message: expect.stringMatching(/npm ci.*DATABASE_URL/),
    });
    const credentials = { cluster: place.cluster, password: '', applicationName: '' };
    await expect(startAndAwait(place, binaries, credentials, {})).rejects.toMatchObject({
      code: 'binaries_missing',
    });
  });

  it('tries another port when the chosen one was taken in between', async () => {
    const place = await choosePlace(folder, folder, ignore);
    const once = `if [ -e ${folder}/tried ]; then echo "FATAL: second try"; else touch ${folder}/tried; echo "FATAL: could not create any TCP/IP sockets"; fi; exit 1`;
    await chmod(folder, 0o777);
    const credentials = { cluster: place.cluster, password: '', applicationName: '' };
    await expect(startAndAwait(place, await stub(once), credentials, {})).rejects.toMatchObject({
      message: expect.stringContaining('second try'),
    });
  });
});

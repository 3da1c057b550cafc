import { chmod, mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  blockingFolder,
  isPreferred,
  unprivilegedAccounts,
} from '../../../../src/adapters/postgres/embedded/system-account.js';
import { temporaryFolder } from './cluster-folder.js';

describe('system accounts', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await temporaryFolder();
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('are read from the list of users, those made for databases and for nothing first, never root', async () => {
    const list = join(folder, 'passwd');
    await writeFile(
      list,
      '# comment\nroot:x:0:0:root:/root:/bin/bash\nann:x:1000:1000::/home/ann:/bin/sh\n' +
        'nobody:x:65534:65534::/:/bin/false\npostgres:x:101:104::/:/bin/sh\ntoor:x:0:0::/:/bin/sh\n',
    );
    const accounts = await unprivilegedAccounts(list);
    expect(accounts).toEqual([
      { name: 'postgres', uid: 101, gid: 104 },
      { name: 'nobody', uid: 65534, gid: 65534 },
      { name: 'ann', uid: 1000, gid: 1000 },
    ]);
    expect(accounts.filter(isPreferred).map(({ name }) => name)).toEqual(['postgres', 'nobody']);
  });

  it('pass where the mode of every folder lets them', async () => {
    const inner = join(folder, 'outer', 'inner');
    await mkdir(inner, { recursive: true });
    const { uid, gid } = await stat(inner);
    const owner = { name: 'owner', uid, gid: gid + 1 };
    const colleague = { name: 'colleague', uid: uid + 1, gid };
    const stranger = { name: 'stranger', uid: uid + 1, gid: gid + 1 };
    const blocked = () =>
      Promise.all([owner, colleague, stranger].map((account) => blockingFolder(account, inner)));
    await chmod(inner, 0o711);
    expect(await blocked()).toEqual([undefined, undefined, undefined]);
    await chmod(inner, 0o710);
    expect(await blocked()).toEqual([undefined, undefined, inner]);
    await chmod(inner, 0o700);
    expect(await blocked()).toEqual([undefined, inner, inner]);
    await chmod(inner, 0o011);
    expect(await blocked()).toEqual([inner, undefined, undefined]);
    await chmod(inner, 0o755);
    await chmod(join(folder, 'outer'), 0o700);
    expect(await blocked()).toEqual([undefined, join(folder, 'outer'), join(folder, 'outer')]);
  });
});

import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A system user under which PostgreSQL runs. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** In the order in which they are preferred: made for PostgreSQL first, then those that own nothing. */
const preferredNames = ['postgres', '_postgres', 'nobody', 'daemon'];

export const isRoot = (): boolean => process.getuid?.() === 0;

/** The accounts of this machine without root, the preferred ones first. `initdb` refuses a uid that is not listed. */
export async function unprivilegedAccounts(passwdFile = '/etc/passwd'): Promise<Account[]> {
  const accounts = (await readFile(passwdFile, 'utf8'))
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= 4)
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter(({ uid }) => uid > 0);
  const rank = ({ name }: Account) => {
    const index = preferredNames.indexOf(name);
    return index < 0 ? preferredNames.length : index;
  };
  return accounts.sort((one, other) => rank(one) - rank(other));
}

export const isPreferred = ({ name }: Account): boolean => preferredNames.includes(name);

/**
 * The first folder on the way from the root to `folder`, itself included, through which the account may not pass.
 * It looks at the mode bits only: where access lists decide otherwise, the start of the server tells.
 */
export async function blockingFolder(account: Account, folder: string): Promise<string | undefined> {
  const parent = dirname(folder);
  const above = parent === folder ? undefined : await blockingFolder(account, parent);
  if (above !== undefined) return above;
  const { mode, uid, gid } = await stat(folder);
  const executeBit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
  return (mode & executeBit) === 0 ? folder : undefined;
}

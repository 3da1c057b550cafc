import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The files of a server whose certificate an authority of one's own has signed. */
export interface ServerCertificate {
  /** Whom clients have to trust. */
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
}

/** Makes them in `folder` with OpenSSL; `names` are what the certificate is for, such as `IP:127.0.0.1`. */
export async function makeCertificate(folder: string, names: string): Promise<ServerCertificate> {
  const at = (name: string) => join(folder, name);
  const openssl = (...words: string[]) => execFileSync('openssl', words, { stdio: 'pipe' });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl(
    'req',
    '-x509',
    ...key,
    ...['-days', '2', '-subj', '/CN=Our own authority'],
    ...['-keyout', at('ca.key'), '-out', at('ca.pem')],
  );
  openssl(
    'req',
    ...key,
    ...['-subj', '/CN=database'],
    ...['-keyout', at('server.key'), '-out', at('server.csr')],
  );
  await writeFile(at('names.cnf'), `subjectAltName=${names}\n`);
  openssl(
    ...['x509', '-req', '-days', '2', '-CAcreateserial', '-in', at('server.csr')],
    ...['-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-extfile', at('names.cnf'), '-out', at('server.pem')],
  );
  return { authority: at('ca.pem'), certificate: at('server.pem'), key: at('server.key') };
}

/** PostgreSQL takes a key only from its own account, and readable by nobody else. */
export function giveTo(ownerOf: string, { certificate, key }: ServerCertificate): void {
  const { uid, gid } = statSync(ownerOf);
  for (const file of [certificate, key]) {
    chmodSync(file, 0o600);
    if (process.getuid?.() === 0) chownSync(file, uid, gid);
  }
}

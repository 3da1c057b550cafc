import { errorCode } from '../embedded/cluster-error.js';

const untrusted = new Set([
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_UNTRUSTED',
]);

const runs = 'Check DATABASE_URL and that the server runs; without DATABASE_URL an embedded one is used.';

/** What to do about an error of the database or of the way to it: a sentence for the operator. */
export function cureOf(error: unknown): string {
  const code = errorCode(error);
  if (code !== undefined && untrusted.has(code)) return ownAuthority;
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return otherName;
  if (error instanceof Error && /does not support SSL/.test(error.message))
    return 'Take sslmode out of DATABASE_URL, or say sslmode=disable, if the way there is safe without TLS.';
  return cures[code ?? ''] ?? runs;
}

/** The same in a few words, for readiness. */
export function complaintOf(error: unknown): string {
  const code = errorCode(error);
  if (code === '25006') return 'the database takes no writes';
  return code === '53300' ? 'the database gives no more connections' : 'the database is out of reach';
}

const ownAuthority =
  'Its certificate is signed by an authority that this machine does not know. Three forms work: ' +
  '(1) DATABASE_URL=…?sslmode=verify-full&sslrootcert=/path/to/ca.pem; ' +
  '(2) the same authority for the whole program, NODE_EXTRA_CA_CERTS=/path/to/ca.pem in the environment (not in ' +
  '.env) and …?sslmode=verify-full; ' +
  '(3) …?sslmode=no-verify, which encrypts and does not check who answers.';

const otherName =
  'Its certificate is for another name than the host in DATABASE_URL. Use that name there, or check the authority ' +
  'alone: …?uselibpqcompat=true&sslmode=verify-ca&sslrootcert=/path/to/ca.pem';

const password =
  'Check the user and the password in DATABASE_URL, and what pg_hba.conf of the server allows.';

const tooMany =
  'The server gives no more connections. Set DATABASE_CONNECTIONS lower in the processes that share it (each ' +
  'opens at most so many, 3 is the least), or raise its limit: alter role … connection limit, or max_connections.';

const cures: Readonly<Record<string, string>> = {
  '28000': password,
  '28P01': password,
  '3D000': "Make it: create database … encoding 'UTF8' template template0",
  '42501':
    'Make the role of DATABASE_URL the owner of the database: alter database … owner to … (if its schema "public" ' +
    'belongs to somebody else: alter schema public owner to … as well).',
  '25006': 'It takes no writes: give the address of the primary server, or wait until a failover is over.',
  '53300': tooMany,
};

import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPool } from '../../src/adapters/postgres/connection/open-pool.js';
import {
  type EmbeddedCluster,
  openEmbeddedCluster,
} from '../../src/adapters/postgres/embedded/embedded-cluster.js';
import { prepareDatabase } from '../../src/composition/prepare-database.js';
import { loadConfig } from '../../src/composition/settings/config.js';
import { removeDataFolder, temporaryFolder } from '../adapters/postgres/embedded/cluster-folder.js';
import { giveTo, makeCertificate, type ServerCertificate } from '../support/private-authority.js';
import { aisha } from '../support/spawned.js';

let dataDir: string;
let cluster: EmbeddedCluster;
let files: ServerCertificate;

beforeAll(async () => {
  dataDir = await temporaryFolder();
  await (await openEmbeddedCluster({ dataDir })).close();
  files = await makeCertificate(dataDir, 'IP:127.0.0.1');
  giveTo(join(dataDir, 'postgres'), files);
  cluster = await openEmbeddedCluster({
    dataDir,
    settings: { ssl: 'on', ssl_cert_file: files.certificate, ssl_key_file: files.key },
  });
});

afterAll(async () => {
  await cluster.close();
  await removeDataFolder(dataDir);
});

/** What came of a start with these words in the address; an empty text if it went well. */
async function connect(parameters: string, host = '127.0.0.1'): Promise<string> {
  const address = cluster.connectionString.split('?')[0]?.replace('127.0.0.1', host);
  const config = loadConfig({ DATABASE_URL: `${address}?${parameters}` });
  const pool = openPool(config.databaseUrl ?? '', () => undefined);
  try {
    await prepareDatabase(pool, config);
    const { rows } = await pool.query('select ssl from pg_stat_ssl where pid = pg_backend_pid()');
    return rows[0].ssl ? '' : 'it is not encrypted';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await pool.end();
  }
}

it('an authority of one’s own is refused with the three forms that work', async () => {
  for (const mode of ['prefer', 'require', 'verify-ca', 'verify-full'])
    expect(await connect(`sslmode=${mode}`)).toMatch(
      /certificate.*sslmode=verify-full&sslrootcert=.*NODE_EXTRA_CA_CERTS=.*sslmode=no-verify/,
    );
});

it('the forms work that the refusal names', async () => {
  expect(await connect(`sslmode=verify-full&sslrootcert=${files.authority}`)).toBe('');
  expect(await connect(`sslmode=require&sslrootcert=${files.authority}`)).toBe('');
  expect(await connect('sslmode=no-verify')).toBe('');
});

it('a certificate for another name has its own form', async () => {
  const refused = await connect(`sslmode=verify-full&sslrootcert=${files.authority}`, 'localhost');
  expect(refused).toMatch(/another name.*uselibpqcompat=true&sslmode=verify-ca&sslrootcert=/);
  const form = `uselibpqcompat=true&sslmode=verify-ca&sslrootcert=${files.authority}`;
  expect(await connect(form, 'localhost')).toBe('');
});

it('the whole program takes an authority from NODE_EXTRA_CA_CERTS, and Node warns of nothing', async () => {
  const variables = {
    DATABASE_URL: `${cluster.connectionString.split('?')[0]}?sslmode=require`,
    DATA_DIR: dataDir,
    NODE_EXTRA_CA_CERTS: files.authority,
  };
  expect(await connect('sslmode=no-verify')).toBe('');
  const { code, stdout, stderr } = await aisha(['avatar', 'list', '--owner', '1'], variables, dataDir);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('demo-portrait');
});

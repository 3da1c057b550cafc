import { parseArgs } from 'node:util';
import { startServers } from './databases/servers.js';
import { situations } from './databases/situations.js';

/**
 * The databases of the world: PgBouncer, TLS, few connections and what else hosters offer, each with Debian's
 * PostgreSQL, and pictures through the whole program. `npm run databases -- --only three --read-only-seconds 5`.
 * Exits with 1 if anything came out otherwise.
 */
const { values } = parseArgs({
  options: { only: { type: 'string', default: '' }, 'read-only-seconds': { type: 'string', default: '60' } },
});

const servers = await startServers();
const rows: { situation: string; expected: string; happened: string }[] = [];
try {
  for (const { name, expected, happens } of situations(Number(values['read-only-seconds']))) {
    if (!name.includes(values.only)) continue;
    const from = Date.now();
    try {
      const happened = await happens(servers);
      rows.push({ situation: name, expected, happened });
    } catch (error) {
      rows.push({ situation: name, expected, happened: 'OTHERWISE' });
      console.error(`${name}: ${error instanceof Error ? error.message : String(error)}`);
      process.exitCode = 1;
    }
    console.error(
      `${((Date.now() - from) / 1000).toFixed(1).padStart(6)} s  ${name}: ${rows.at(-1)?.happened}`,
    );
  }
} finally {
  await servers.close();
}
console.table(rows);

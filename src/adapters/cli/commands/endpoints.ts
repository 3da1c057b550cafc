import type { Command } from 'commander';
import { answer } from '../answer.js';
import type { CliHost } from '../cli-host.js';
import { table } from '../table.js';

export function addEndpoints(program: Command, host: CliHost): void {
  const endpoints = program.command('endpoints').description('what fal takes no jobs for just now');
  endpoints
    .command('list')
    .description('endpoints that have refused jobs as if they did not exist, and since when')
    .option('--json', 'one JSON document on stdout')
    .action(async ({ json }: { json?: boolean }) => {
      const { database } = await host.services('reads');
      const rows = (await database.stores.endpoints.troubled()).map(
        ({ endpoint, jobs, refusals, since, retirement }) => ({
          endpoint,
          state: retirement === null ? 'doubted' : 'retired',
          since,
          jobs,
          refusals,
          nextTry: retirement?.nextTryAt ?? null,
        }),
      );
      const lines = rows.map((row) => [row.endpoint, row.state, row.since, row.jobs, row.nextTry]);
      const list = table(['endpoint', 'state', 'since', 'jobs refused', 'next try'], lines);
      answer(host, json, rows, rows.length === 0 ? 'fal takes jobs for all endpoints' : list);
    });
  endpoints
    .command('restore')
    .description('send jobs to an endpoint again, without waiting for its next try')
    .argument('<endpoint>')
    .option('--json', 'one JSON document on stdout')
    .action(async (endpoint: string, { json }: { json?: boolean }) => {
      const { restoreEndpoint } = await host.services('changes');
      await restoreEndpoint.execute(endpoint, { admin: 'cli' });
      const restored = { endpoint, state: 'restored' };
      host.out(json === true ? `${JSON.stringify(restored)}\n` : `${endpoint} is used again\n`);
    });
}

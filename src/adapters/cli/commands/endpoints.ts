import type { Command } from 'commander';
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
      if (json === true) return host.out(`${JSON.stringify(rows, null, 2)}\n`);
      if (rows.length === 0) return host.out('fal takes jobs for all endpoints\n');
      host.out(
        `${table([
          ['endpoint', 'state', 'since', 'jobs refused', 'next try'],
          ...rows.map(({ endpoint, state, since, jobs, nextTry }) => [
            endpoint,
            state,
            since.toISOString(),
            `${jobs}`,
            nextTry?.toISOString() ?? '–',
          ]),
        ])}\n`,
      );
    });
  endpoints
    .command('restore')
    .description('send jobs to an endpoint again, without waiting for its next try')
    .argument('<endpoint>')
    .option('--json', 'one JSON document on stdout')
    .action(async (endpoint: string, { json }: { json?: boolean }) => {
      const { restoreEndpoint } = await host.services('changes');
      await restoreEndpoint.execute(endpoint);
      const restored = { endpoint, state: 'restored' };
      host.out(json === true ? `${JSON.stringify(restored)}\n` : `${endpoint} is used again\n`);
    });
}

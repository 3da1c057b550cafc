import type { Command } from 'commander';
import { refuseIfWrong } from '../../../application/input/input-validation.js';
import { DomainError } from '../../../domain/errors.js';
import { answer } from '../answer.js';
import type { CliHost } from '../cli-host.js';
import { table } from '../table.js';

const mostRows = 1000;

export function addUpdates(program: Command, host: CliHost): void {
  const updates = program.command('updates').description('messages and taps that could not be dealt with');
  updates
    .command('list')
    .description('those that were given up after too many tries, latest first; kept for three days')
    .option('--json', 'one JSON document on stdout')
    .action(async ({ json }: { json?: boolean }) => {
      const { database } = await host.services('reads');
      const rows = await database.stores.updates.dead(mostRows);
      const lines = rows.map(({ source, id, deadAt, error }) => [source, id, deadAt, error ?? 'no word']);
      answer(host, json, rows, table(['source', 'id', 'given up', 'why'], lines));
    });
  updates
    .command('retry')
    .description('have one tried again')
    .argument('<source>')
    .argument('<id>')
    .action(async (source: string, id: string) => {
      refuseIfWrong(
        /^\d{1,15}$/.test(id)
          ? []
          : [{ field: 'id', code: 'malformed', received: id, allowed: 'an id of updates list' }],
      );
      const { database } = await host.services('changes');
      if (!(await database.stores.updates.revive(source, Number(id))))
        throw new DomainError({ code: 'not_found', what: `update in "updates list": ${source} ${id}` });
      host.out(`${id} is tried again\n`);
    });
}

import type { Command } from 'commander';
import { answer } from '../answer.js';
import type { CliHost } from '../cli-host.js';
import { numberOrText } from '../number-or-text.js';
import { table } from '../table.js';

export function addActs(program: Command, host: CliHost): void {
  program
    .command('acts')
    .description('what operators did: who, what, to whom, when and why')
    .option('--limit <n>', 'at most so many, newest first', '20')
    .option('--before <number>', 'only those before the act of this number')
    .option('--json', 'one JSON document on stdout')
    .action(async ({ limit, before, json }: { limit: string; before?: string; json?: boolean }) => {
      const { listActs } = await host.services('reads');
      const { acts, next } = await listActs.execute({
        limit: numberOrText(limit),
        before: before === undefined ? undefined : numberOrText(before),
      });
      const lines = acts.map(({ id, at, admin, act, subject, details, why }) => [
        ...[id, at, admin, act, subject],
        Object.entries(details)
          .map(([name, value]) => `${name} ${value}`)
          .join(', '),
        why,
      ]);
      const list = table(['number', 'at', 'who', 'what', 'to whom', 'details', 'why'], lines);
      answer(host, json, acts, acts.length === 0 ? 'nothing yet' : list);
      if (next !== null) host.err(`There is more: --before ${next}\n`);
    });
}

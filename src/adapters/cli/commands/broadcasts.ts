import type { Command } from 'commander';
import type { BroadcastProgress } from '../../../application/ports/stores/operator/broadcast-store.js';
import { DomainError } from '../../../domain/errors.js';
import { answer } from '../answer.js';
import type { CliHost } from '../cli-host.js';
import { table } from '../table.js';

interface Asked {
  readonly json?: boolean;
}

const listedAtMost = 1000;

/** They are written in the chat, where they can be looked at; what goes on is seen and stopped here, too. */
export function addBroadcasts(program: Command, host: CliHost): void {
  const broadcasts = program.command('broadcasts').description('messages of operators to everybody');
  broadcasts
    .command('list')
    .description('all of them, newest first')
    .option('--json', 'one JSON document on stdout')
    .action(async ({ json }: Asked) => {
      const { database } = await host.services('reads');
      const all = (await database.stores.broadcasts.list(listedAtMost)).map(shown);
      answer(host, json, all, all.length === 0 ? 'there were no broadcasts' : tableOf(all));
    });
  broadcasts
    .command('show')
    .description('how far one is')
    .argument('<id>')
    .option('--json', 'one JSON document on stdout')
    .action(async (id: string, { json }: Asked) => {
      const { database } = await host.services('reads');
      const progress = isUuid(id) ? await database.stores.broadcasts.find(id) : null;
      if (progress === null) throw new DomainError({ code: 'not_found', what: 'broadcast' });
      const one = shown(progress);
      answer(host, json, one, tableOf([one]));
    });
  broadcasts
    .command('stop')
    .description('let nobody else get it')
    .argument('<id>')
    .option('--json', 'one JSON document on stdout')
    .action(async (id: string, { json }: Asked) => {
      const { stopBroadcast } = await host.services('changes');
      if (!isUuid(id)) throw new DomainError({ code: 'not_found', what: 'broadcast' });
      const one = shown(await stopBroadcast.execute(id, { admin: 'cli' }));
      answer(host, json, one, tableOf([one]));
    });
}

const isUuid = (id: string): boolean => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id);

const shown = ({ broadcast: { id, admin, status, createdAt, endedAt }, counts }: BroadcastProgress) => ({
  ...{ id, admin, state: status, ...counts },
  createdAt,
  endedAt,
});

const tableOf = (all: readonly ReturnType<typeof shown>[]): string =>
  table(
    ['id', 'by', 'state', 'sent', 'blocked', 'failed', 'muted', 'left', 'begun', 'ended'],
    all.map((one) => [
      ...[one.id, one.admin, one.state, one.sent, one.blocked, one.failed, one.muted, one.left],
      ...[one.createdAt, one.endedAt],
    ]),
  );

import type { Command } from 'commander';
import { refuseIfWrong } from '../../../application/input/input-validation.js';
import { userProblems } from '../../../application/input/user-id.js';
import { userId } from '../../../domain/ids.js';
import { answer } from '../answer.js';
import type { CliHost } from '../cli-host.js';
import { newInstallation } from '../new-installation.js';
import { numberOrText } from '../number-or-text.js';
import { table } from '../table.js';

const entriesShown = 200;

export function addCredits(program: Command, host: CliHost): void {
  const credits = program.command('credits').description('what users can spend');
  credits
    .command('grant')
    .description('give a user credits')
    .option('--user <telegram id>', 'who gets them')
    .option('--amount <n>', 'a whole number')
    .option('--reason <text>', 'for the history')
    .addOption(newInstallation())
    .option('--json', 'one JSON document on stdout')
    .action(
      async (options: { user?: string; amount?: string; reason?: string; json?: boolean; new?: boolean }) => {
        const { grantCredits } = await host.services('changes', options.new);
        const { balance, held } = await grantCredits.execute({
          user: options.user ?? host.localUser ?? '',
          amount: options.amount === undefined ? undefined : numberOrText(options.amount),
          reason: options.reason ?? '',
        });
        answer(host, options.json, { balance, held }, `balance ${balance}, held ${held}`);
      },
    );
  credits
    .command('show')
    .description('balance and history of a user')
    .option('--user <telegram id>', 'whose')
    .option('--json', 'one JSON document on stdout')
    .action(async (options: { user?: string; json?: boolean }) => {
      const named = options.user ?? host.localUser ?? undefined;
      refuseIfWrong(userProblems('user', named));
      const { ledger } = (await host.services('reads')).database.stores;
      const user = userId(named ?? '');
      const { balance, held } = await ledger.account(user);
      const entries = (await ledger.history(user, entriesShown)).map(({ kind, amount, reason, at }) => ({
        kind,
        amount,
        reason,
        at,
      }));
      answer(host, options.json, { balance, held, entries }, `balance ${balance}, held ${held}`);
      if (options.json === true || entries.length === 0) return;
      const rows = entries.map(({ kind, amount, reason, at }) => [at, kind, amount, reason]);
      host.out(`${table(['at', 'kind', 'amount', 'reason'], rows)}\n`);
    });
}

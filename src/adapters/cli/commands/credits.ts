import type { Command } from 'commander';
import { refuseIfWrong } from '../../../application/input/input-validation.js';
import { userProblems } from '../../../application/input/user-id.js';
import type { WrittenEntry } from '../../../application/ports/stores/ledger.js';
import { userId } from '../../../domain/ids.js';
import type { EntryKind } from '../../../domain/ledger.js';
import { answer } from '../answer.js';
import type { CliHost } from '../cli-host.js';
import { limitProblems } from '../job-rows.js';
import { newInstallation } from '../new-installation.js';
import { numberOrText } from '../number-or-text.js';

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
        const { balance, held } = await grantCredits.execute(
          {
            user: options.user ?? host.localUser ?? '',
            amount: options.amount === undefined ? undefined : numberOrText(options.amount),
            reason: options.reason ?? '',
          },
          { admin: 'cli' },
        );
        answer(host, options.json, { balance, held }, `balance ${balance}, held ${held}`);
      },
    );
  credits
    .command('show')
    .description('balance and history of a user')
    .option('--user <telegram id>', 'whose')
    .option('--limit <n>', 'at most so many lines of history', '20')
    .option('--json', 'one JSON document on stdout, with the whole history unless --limit is given')
    .action(async (options: { user?: string; limit: string; json?: boolean }, command: Command) => {
      const named = options.user ?? host.localUser ?? undefined;
      refuseIfWrong([...userProblems('user', named), ...limitProblems(options.limit)]);
      const { ledger } = (await host.services('reads')).database.stores;
      const user = userId(named ?? '');
      const isWhole = options.json === true && command.getOptionValueSource('limit') === 'default';
      const limit = isWhole ? Number.MAX_SAFE_INTEGER : Number(options.limit);
      const { balance, held } = await ledger.account(user);
      // One more tells whether there are more.
      const history = await ledger.history(user, limit + 1);
      const isCut = history.splice(limit).length > 0;
      const entries = history.map(({ kind, amount, reason, at }) => ({ kind, amount, reason, at }));
      const lines = [`balance ${balance}, held ${held}`, ...entries.map(line)];
      answer(host, options.json, { balance, held, entries }, lines.join('\n'));
      if (isCut) host.err('There is more: a greater --limit, or --json.\n');
    });
}

const words: Readonly<Record<EntryKind, string>> = {
  grant: 'granted',
  hold: 'held for',
  release: 'given back from',
  capture: 'paid for',
  refund: 'refunded for',
  purchase: 'bought with',
  payback: 'taken back with the refund of',
  chargeback: 'taken away with the money of',
  expiry: 'over with the month of',
};

/** `2026-11-27 14:02     -5  held for picture 5740da30`, in UTC. */
function line({ kind, amount, reason, at }: Omit<WrittenEntry, 'user'>): string {
  const [what = '', id = ''] = reason.slice(kind.length + 1).split(':');
  const job = { generation: 'picture', training: 'training' }[what];
  const about =
    kind === 'grant' || job === undefined ? reason.slice(kind.length + 1) : `${job} ${id.slice(0, 8)}`;
  const sum = `${amount > 0 ? '+' : ''}${amount}`.padStart(7);
  return `${at.toISOString().slice(0, 16).replace('T', ' ')}${sum}  ${words[kind]} ${about}`;
}

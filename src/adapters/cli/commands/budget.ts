import type { Command } from 'commander';
import { type BudgetPeriod, budgetPeriods } from '../../../domain/budget.js';
import { answer } from '../answer.js';
import type { CliHost } from '../cli-host.js';
import { numberOrText } from '../number-or-text.js';

interface Json {
  readonly json?: boolean;
}

const asJson = ['--json', 'one JSON document on stdout'] as const;

/** What may be ordered: dollars of the whole, and pictures of one person. */
export function addBudget(program: Command, host: CliHost): void {
  const budget = program
    .command('budget')
    .description('what fal’s work may cost, and what one person may order');
  budget
    .command('show')
    .description('what is spent of DAILY_BUDGET and MONTHLY_BUDGET, as estimated')
    .option(...asJson)
    .action(async ({ json }: Json) => {
      const { database, policy } = await host.services('reads');
      const spent = await database.stores.quotas.spent(new Date());
      const { budgets, pictures } = policy.quotas;
      const line = (period: BudgetPeriod) => {
        const limit = budgets[period];
        return `${period.padEnd(6)} ${dollars(spent[period])} of ${limit === null ? 'any' : dollars(limit)}`;
      };
      const text = [
        ...budgetPeriods.map(line),
        `pictures of a person a day: ${pictures ?? 'any number'}`,
      ].join('\n');
      answer(host, json, { spent, budgets, pictures }, text);
    });
  budget
    .command('reset')
    .description('let orders go on: the day and the month begin anew, now')
    .option(...asJson)
    .action(async ({ json }: Json) => {
      const { resetBudget } = await host.services('changes');
      await resetBudget.execute({ admin: 'cli' });
      answer(host, json, { state: 'reset' }, 'the day and the month begin anew');
    });
  budget
    .command('person')
    .description('set how many pictures one person may order a day, instead of DAILY_PICTURES')
    .argument('<user>', 'their Telegram id')
    .option('--pictures <n>', 'default: as many as everybody')
    .option(...asJson)
    .action(async (user: string, { pictures, json }: Json & { pictures?: string }) => {
      const { limitPictures } = await host.services('changes');
      const limit = pictures === undefined ? null : numberOrText(pictures);
      await limitPictures.execute({ user, pictures: limit }, { admin: 'cli' });
      const text =
        limit === null
          ? `${user} may order as many pictures a day as everybody`
          : `${user} may order ${limit} pictures a day`;
      answer(host, json, { user, pictures: limit }, text);
    });
}

const dollars = (millionths: number): string => `$${(millionths / 1_000_000).toFixed(2)}`;

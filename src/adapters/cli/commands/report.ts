import type { Command } from 'commander';
import { numbersCsv } from '../../../application/operator/numbers-csv.js';
import type { Earned, Numbers } from '../../../domain/operator/numbers.js';
import { answer } from '../answer.js';
import type { CliHost } from '../cli-host.js';
import { numberOrText } from '../number-or-text.js';
import { table } from '../table.js';

export function addReport(program: Command, host: CliHost): void {
  program
    .command('report')
    .description('people, pictures, money and what fal is reckoned to cost')
    .option('--days <n>', 'of so many days, today included: 1-366', '1')
    .option('--csv', 'one number in a line, for a spreadsheet')
    .option('--json', 'one JSON document on stdout')
    .action(async ({ days, csv, json }: { days: string; csv?: boolean; json?: boolean }) => {
      const { reportNumbers } = await host.services('reads');
      const numbers = await reportNumbers.execute({ days: numberOrText(days) });
      if (csv === true) host.out(numbersCsv(numbers));
      else answer(host, json, numbers, textOf(numbers));
    });
}

function textOf(numbers: Numbers): string {
  const { from, people, pictures, trainings, money, earnings, spenders } = numbers;
  const noEstimate = money.unpriced === 0 ? '' : ` (without ${money.unpriced} jobs that have no estimate)`;
  const lines = [
    `since ${from.toISOString()}`,
    '',
    `people     ${people.joined} new, ${people.active} active, ${people.paying} paying`,
    `pictures   ${workOf(pictures)}`,
    `trainings  ${workOf(trainings)}`,
    `Stars      ${money.stars} in, ${money.refunded} of them gone again, ${money.commission} to affiliates: ${money.net} net`,
    `credits    ${money.sold} sold, ${money.given} given away`,
    `at fal     ${dollars(money.cost)} estimated${noEstimate}`,
    `margin     ${dollars(money.margin)}`,
  ];
  const margin = ({ income, cost, margin: left }: Earned) => [dollars(income), dollars(cost), dollars(left)];
  if (earnings.length > 0) {
    const rows = earnings.map((each) => [each.what, each.jobs, each.credits, ...margin(each)]);
    lines.push('', table(['what', 'jobs', 'credits', 'income', 'at fal', 'margin'], rows));
  }
  if (spenders.length > 0) {
    const rows = spenders.map((each) => [each.user, each.jobs, each.stars, ...margin(each)]);
    lines.push('', table(['person', 'jobs', 'Stars', 'income', 'at fal', 'margin'], rows));
  }
  return lines.join('\n');
}

function workOf({ states, success, p50, p90 }: Numbers['pictures'] | Numbers['trainings']): string {
  const counts = Object.entries(states).map(([status, jobs]) => `${jobs} ${status}`);
  if (counts.length === 0) return 'none';
  const rate = success === null ? [] : [`${Math.round(success * 100)}% well`];
  const waits = p50 === null || p90 === null ? [] : [`p50 ${Math.round(p50)} s`, `p90 ${Math.round(p90)} s`];
  return [...counts, ...rate, ...waits].join(', ');
}

const dollars = (amount: number | null): string | null => {
  if (amount === null) return null;
  const text = `$${Math.abs(amount).toFixed(2)}`;
  return amount < 0 && text !== '$0.00' ? `-${text}` : text;
};

import type { Command } from 'commander';
import { invalidInput } from '../../../domain/errors.js';
import { answer } from '../answer.js';
import type { CliHost } from '../cli-host.js';
import { limitProblems, tellMore } from '../job-rows.js';
import { numberOrText } from '../number-or-text.js';
import { table } from '../table.js';

interface Terms {
  readonly credits?: string;
  readonly percent?: string;
  readonly uses?: string;
  readonly until?: string;
  readonly code?: string;
  readonly json?: boolean;
}

export function addPromo(program: Command, host: CliHost): void {
  const promo = program
    .command('promo')
    .description('codes that give people credits, or more with their next pack, once each');
  promo
    .command('create')
    .description('make a promo code, and say how it is handed out')
    .option('--credits <n>', 'what each person gets at once')
    .option('--percent <n>', 'instead: so many percent more credits with the next pack each person buys')
    .option('--uses <n>', 'how many people may have it; default: any number')
    .option('--until <date>', 'its last day (UTC), like 2027-01-31; default: until it is ended')
    .option('--code <code>', 'your own, of 4-32 letters and digits; default: one that nobody can guess')
    .option('--json', 'one JSON document on stdout')
    .action(async ({ credits, percent, uses, json, ...rest }: Terms) => {
      const { createPromo } = await host.services('changes');
      const { shown, ...made } = await createPromo.execute(
        {
          ...rest,
          credits: credits === undefined ? undefined : numberOrText(credits),
          percent: percent === undefined ? undefined : numberOrText(percent),
          uses: uses === undefined ? undefined : numberOrText(uses),
        },
        { admin: 'cli' },
      );
      const link = `https://t.me/<your bot>?start=promo_${shown}`;
      const text = `${shown}\nSent to the bot as /promo ${shown}, or opened as ${link}`;
      answer(host, json, { ...made, code: shown }, text);
    });
  promo
    .command('list')
    .description('promo codes, newest first')
    .option('--limit <n>', 'at most so many', '1000')
    .option('--json', 'one JSON document on stdout')
    .action(async ({ limit, json }: { limit: string; json?: boolean }) => {
      const problems = limitProblems(limit);
      if (problems.length > 0) throw invalidInput(problems);
      const { promos } = (await host.services('reads')).database.stores;
      const rows = (await promos.list(Number(limit))).map(({ shown, ...row }) => ({
        ...row,
        code: shown,
      }));
      const lines = rows.map(({ code, credits, percent, used, uses, until, endedAt }) => [
        ...[code, credits ?? `+${percent} %`, used, uses, until, endedAt],
      ]);
      const list = table(['code', 'credits', 'used', 'of', 'until', 'ended'], lines);
      answer(host, json, rows, rows.length === 0 ? 'there are no promo codes' : list);
      tellMore(host, (await promos.count()) - rows.length);
    });
  promo
    .command('end')
    .description('let nobody else have a promo code; what people have of it is theirs')
    .argument('<code>')
    .option('--json', 'one JSON document on stdout')
    .action(async (code: string, { json }: { json?: boolean }) => {
      const { endPromo } = await host.services('changes');
      await endPromo.execute(code, { admin: 'cli' });
      answer(host, json, { code, state: 'ended' }, `${code} is ended`);
    });
}

import type { Numbers } from '../../domain/operator/numbers.js';

type Cell = string | number | null;

/** The same numbers for a spreadsheet: one in a line, under what it is of. Empty: no rows say it. Money in dollars. */
export function numbersCsv({
  days,
  from,
  people,
  pictures,
  trainings,
  money,
  earnings,
  spenders,
}: Numbers): string {
  const of = (section: string, subject: string, values: object): Cell[][] =>
    Object.entries(values).map(([name, value]) => [section, subject, name, value]);
  const work = (subject: string, { states, ...rest }: Numbers['pictures'] | Numbers['trainings']) => [
    ...of('work', subject, states),
    ...of('work', subject, rest),
  ];
  const lines: readonly Cell[][] = [
    ['section', 'subject', 'name', 'value'],
    ...of('span', '', { days, from: from.toISOString() }),
    ...of('people', '', people),
    ...work('pictures', pictures),
    ...work('trainings', trainings),
    ...of('money', '', money),
    ...earnings.flatMap(({ what, ...rest }) => of('earnings', what, rest)),
    ...spenders.flatMap(({ user, ...rest }) => of('person', user, rest)),
  ];
  return lines.map((cells) => `${cells.map((cell) => cell ?? '').join(',')}\n`).join('');
}

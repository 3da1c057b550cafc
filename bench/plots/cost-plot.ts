import type { Release, Spent } from './kept-figures.js';
import { bar, drawing, line, scale, width, words } from './svg.js';
import type { Theme } from './theme.js';

const left = 130;
const right = 200;
const top = 84;
const rowHeight = 66;
const barHeight = 22;

/** Processor time of an image over the releases, each with the floor of the same run below it. */
export function costPlot(releases: readonly Release[], theme: Theme): string {
  const bottom = top + releases.length * rowHeight;
  const steps = scale(Math.max(...releases.flatMap((release) => [whole(release), whole(release.floor)])));
  const most = steps.at(-1) ?? 1;
  const x = (milliseconds: number) => left + (milliseconds / most) * (width - left - right);
  const split = ({ program, postgres }: Spent, y: number, opacity: number) => [
    bar(left, y, x(program) - left, barHeight, theme.first, opacity),
    bar(x(program), y, x(program + postgres) - x(program), barHeight, theme.second, opacity),
  ];
  const over = { over: theme.background };
  const row = (release: Release, index: number) => {
    const y = top + index * rowHeight + 6;
    const [ours, floor] = [whole(release), whole(release.floor)];
    return [
      words(left - 10, y + 16, release.name, theme.text, { anchor: 'end', weight: 600 }),
      ...split(release, y, 1),
      words(
        x(ours) + 8,
        y + 16,
        `${ours.toFixed(0)} ms, ${release.commits.toFixed(0)} commits`,
        theme.text,
        over,
      ),
      words(left - 10, y + 42, 'its floor', theme.quiet, { anchor: 'end' }),
      ...split(release.floor, y + 26, 0.45),
      words(
        x(floor) + 8,
        y + 42,
        `${floor.toFixed(0)} ms: ours is ${(ours / floor).toFixed(1)} ×`,
        theme.quiet,
        over,
      ),
    ];
  };
  return drawing(theme, bottom + 34, 'Milliseconds of processor for an image, over the releases', [
    words(16, 28, 'What an image costs: ms of processor', theme.text, { weight: 600 }),
    bar(16, 43, 12, 12, theme.first),
    words(34, 54, 'the program', theme.quiet),
    bar(132, 43, 12, 12, theme.second),
    words(150, 54, 'PostgreSQL', theme.quiet),
    words(246, 54, '(pale: the least program with the same promises, in the same run)', theme.quiet),
    ...steps.flatMap((step) => [
      line(x(step), top, x(step), bottom, theme.line),
      words(x(step), bottom + 20, `${step}`, theme.quiet, { anchor: 'middle' }),
    ]),
    ...releases.flatMap(row),
  ]);
}

const whole = ({ program, postgres }: Spent): number => program + postgres;

import type { Release } from './kept-figures.js';
import { bar, drawing, line, scale, width, words } from './svg.js';
import type { Theme } from './theme.js';

const left = 52;
const top = 92;
const high = 220;
const gap = 32;
const names = ['1 worker', '2 workers', '4 workers'];
const dashes = 'stroke-width="2" stroke-dasharray="6 4"';
const height = top + high + 56;

/** Pictures a second over the number of worker processes: a panel for each time that Telegram takes. */
export function throughputPlot(first: Release | undefined, latest: Release, theme: Theme): string {
  const panels = latest.pictures.map(({ milliseconds, workers, floor = 0 }) => ({
    milliseconds,
    floor,
    bars: [
      ...(first?.pictures ?? [])
        .filter((pictures) => pictures.milliseconds === milliseconds)
        .map(({ workers: [one = 0] }) => ({ name: 'first release', value: one, fill: theme.quiet })),
      ...workers.map((value, index) => ({ name: names[index] ?? '', value, fill: theme.first })),
    ],
  }));
  const highest = Math.max(
    ...panels.flatMap(({ floor, bars }) => [floor, ...bars.map(({ value }) => value)]),
  );
  // Room for the figures above the highest.
  const steps = scale(1.1 * highest);
  const y = (value: number) => top + high - (value / (steps.at(-1) ?? 1)) * high;
  const panelWidth = (width - left - gap - 16) / 2;
  const slot = panelWidth / 4;
  const over = { over: theme.background };
  const panel = ({ milliseconds, floor, bars }: (typeof panels)[number], index: number) => {
    const x = left + index * (panelWidth + gap);
    const middle = (place: number) => x + (place + 0.5) * slot;
    return [
      words(x, top - 14, `Telegram takes ${milliseconds} ms`, theme.text, { weight: 600 }),
      ...steps.map((step) => line(x, y(step), x + panelWidth, y(step), theme.line)),
      ...bars.map(({ value, fill }, place) =>
        bar(middle(place) - 26, y(value), 52, top + high - y(value), fill),
      ),
      line(x, y(floor), x + panelWidth, y(floor), theme.second, dashes),
      // The first bar is the lowest.
      words(x + 4, y(floor) - 7, figure(floor), theme.text, over),
      ...bars.flatMap(({ name, value }, place) => [
        words(middle(place), y(value) - 6, figure(value), theme.text, { anchor: 'middle', ...over }),
        words(middle(place), top + high + 20, name, theme.quiet, { anchor: 'middle' }),
      ]),
    ];
  };
  return drawing(theme, height, 'Pictures a second over the number of worker processes', [
    words(16, 28, 'Pictures a second, by worker processes', theme.text, { weight: 600 }),
    line(16, 49, 44, 49, theme.second, dashes),
    words(
      52,
      54,
      'the floor: the least program with the same promises, one process, asked for 60 a second',
      theme.quiet,
    ),
    ...steps.map((step) => words(left - 10, y(step) + 5, `${step}`, theme.quiet, { anchor: 'end' })),
    ...panels.flatMap(panel),
    words(
      left,
      height - 12,
      'The first release with one worker. All that runs shares one machine.',
      theme.quiet,
    ),
  ]);
}

const figure = (value: number) => value.toFixed(value < 20 ? 1 : 0);

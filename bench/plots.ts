import { writeFile } from 'node:fs/promises';
import { costPlot } from './plots/cost-plot.js';
import { now, releases, remember } from './plots/kept-figures.js';
import { fillTables } from './plots/tables.js';
import { themes } from './plots/theme.js';
import { throughputPlot } from './plots/throughput-plot.js';

/**
 * `npm run plots [-- <name>]`: draws `docs/plots` and fills the tables of `docs/performance.md` from what the bench
 * kept in `bench/figures`. With a name, those figures are kept as the release of that name, for the plots to come.
 */
const docs = new URL('../docs/', import.meta.url);
await fillTables(new URL('performance.md', docs));

const [name] = process.argv.slice(2);
const latest = await now(name ?? 'now');
if (name !== undefined) await remember(latest);

const before = (await releases()).filter((release) => release.name !== latest.name);
for (const theme of themes) {
  const draw = (plot: string, svg: string) =>
    writeFile(new URL(`plots/${plot}-${theme.name}.svg`, docs), svg);
  await draw('cost', costPlot([...before, latest], theme));
  await draw('throughput', throughputPlot(before[0], latest, theme));
}

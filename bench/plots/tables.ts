import { readFile, writeFile } from 'node:fs/promises';
import type { Rows } from '../figures.js';
import { goals } from './goals.js';
import { type Kept, kept } from './kept-figures.js';

/** What a cell may say: `–` where nothing was measured. */
type Table = readonly (readonly string[])[];

const tables: Readonly<Record<string, () => Promise<Table>>> = {
  goals,
  cost: rowsOf('cost', (what) => !/calls an image|counted/.test(what)),
  workers: rowsOf('workers', (what) => what.includes('pictures a second')),
  fairness: rowsOf('workers', (what) => !what.includes('pictures a second')),
  waiting: rowsOf('waiting'),
  load: rowsOf('load'),
  api: rowsOf('api'),
  growth: rowsOf('growth'),
  runs: async () => [
    ['part', 'date', 'commit', 'Node', 'cores'],
    ...(await Promise.all(
      ['cost', 'workers', 'waiting', 'growth', 'load', 'api', 'memory', 'memory-20min'].map(async (part) =>
        stamp(part, await kept(part).catch(() => null)),
      ),
    )),
  ],
};

const marker = /(<!-- table (\w+) -->\n)[\s\S]*?(<!-- end -->)/g;

/** Writes the table of the name in each `<!-- table name -->` … `<!-- end -->`; one that was not measured is left as it is. */
export async function fillTables(document: URL): Promise<void> {
  let text = await readFile(document, 'utf8');
  for (const [whole, begin, name = '', end] of text.matchAll(marker)) {
    const table = await tables[name]?.().catch(() => null);
    if (table == null) console.warn(`no figures for the table ${name}: run the bench of that part`);
    else text = text.replace(whole, () => `${begin}\n${markdown(table)}\n${end}`);
  }
  await writeFile(document, text);
}

/** The rows of a part, with a column for each name that occurs. */
function rowsOf(part: string, wanted: (what: string) => boolean = () => true): () => Promise<Table> {
  return async () => all((await kept(part)).rows.filter(({ what }) => wanted(`${what}`)));
}

function all(rows: Rows): Table {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const titles: Record<string, string> = { what: '', ...(names.includes('p95') ? {} : { p50: 'seen' }) };
  const heading = names.map((name) => titles[name] ?? name);
  return [heading, ...rows.map((row) => names.map((name) => `${row[name] ?? '–'}`))];
}

const stamp = (part: string, figures: Kept | null): string[] =>
  figures === null
    ? [part, '–', '–', '–', '–']
    : [part, figures.date.slice(0, 16).replace('T', ' '), figures.commit, figures.node, `${figures.cores}`];

function markdown([heading = [], ...rows]: Table): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  return [row(heading), `|${heading.map(() => '---').join('|')}|\n`, ...rows.map(row)].join('');
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLogger } from '../src/adapters/observability/pino-logger.js';
import { DeleteUser } from '../src/application/personal-data/delete-user.js';
import { ExportUserData } from '../src/application/personal-data/export-user-data.js';
import { compose } from '../src/composition/composition-root.js';
import { services } from '../src/composition/identifiers.js';
import { loadConfig } from '../src/composition/settings/config.js';
import { claims, fill } from './claim.js';
import { collector, giveCollection } from './collection.js';
import { type Rows, rounded } from './figures.js';
import { fillHistory } from './history.js';
import { openStage, type Stage, startProgram, stopProgram } from './stage.js';

const people = 100;
const requested = 60;

/** Milliseconds, by what took them; the best of several. */
type Figures = Map<string, number>;

/** What everything takes in an empty database and in one with years of use in it. */
export async function measureGrowth(pictures: number): Promise<Rows> {
  const stage = await openStage({ imageMilliseconds: 0, people });
  try {
    const empty = await measure(stage);
    const from = Date.now();
    await fillHistory(stage.pool, pictures);
    console.log(
      `${pictures} pictures of ${Math.ceil(pictures / 10)} people in ${Math.round((Date.now() - from) / 1000)} s`,
    );
    const grown = await measure(stage);
    return [...empty].map(([what, before]) => {
      const after = grown.get(what) ?? Number.NaN;
      return { what, empty: shown(before), grown: shown(after), ratio: rounded(after / before, 2) };
    });
  } finally {
    await stage.close();
  }
}

const shown = (milliseconds: number): number => rounded(milliseconds, milliseconds < 10 ? 1 : 0);

async function measure(stage: Stage): Promise<Figures> {
  const figures: Figures = new Map();
  await measureService(stage, figures);
  await giveCollection(stage);
  await measureCommands(stage, figures);
  await measureInside(stage, figures);
  return figures;
}

/** The program as it runs: its start, the first look at its metrics, requests. */
async function measureService(stage: Stage, figures: Figures): Promise<void> {
  const port = String(20_000 + (process.pid % 20_000));
  const starts: number[] = [];
  const scrapes: number[] = [];
  for (let round = 1; round <= 3; round += 1) {
    const from = performance.now();
    const program = await startProgram({ ...stage.environment, HTTP_PORT: port });
    starts.push(performance.now() - from);
    scrapes.push(await timed(async () => (await fetch(`http://127.0.0.1:${port}/metrics`)).text()));
    if (round === 3) figures.set('request to submit', await requests(stage));
    await stopProgram(program);
  }
  figures.set('start', Math.min(...starts)).set('first /metrics', Math.min(...scrapes));
}

async function requests({ pool, say }: Stage): Promise<number> {
  const { rows: now } = await pool.query<{ now: Date }>('select clock_timestamp() as now');
  for (let request = 0; request < requested; request += 1) {
    say(1 + request, `/generate a knight, request ${request}`);
    await sleep(100);
  }
  for (let look = 0; look < 300; look += 1) {
    const { rows } = await pool.query<{ took: number }>(
      `select extract(epoch from submitted_at - created_at)::float8 * 1000 as took from generations
       where created_at >= $1 and status = 'delivered'`,
      [now[0]?.now],
    );
    if (rows.length === requested) return Math.min(...rows.map(({ took }) => took));
    await sleep(100);
  }
  throw new Error('not all pictures arrived within 30 s');
}

async function measureCommands({ environment }: Stage, figures: Figures): Promise<void> {
  for (const words of [
    ['doctor'],
    ['doctor', '--full'],
    ['generations', 'list', '--state', 'blocked'],
    ['avatar', 'list'],
  ]) {
    const run = async () => {
      const child = spawn(process.execPath, ['dist/main.js', ...words], {
        env: environment,
        stdio: 'ignore',
      });
      await once(child, 'exit');
    };
    figures.set(`aisha ${words.join(' ')}`, await best(words.includes('--full') ? 1 : 3, run));
  }
}

/** The same code in this process: what the start of a command would hide. */
async function measureInside(stage: Stage, figures: Figures): Promise<void> {
  const log = createLogger({ level: 'silent' });
  const open = () =>
    compose(loadConfig(stage.environment), log, { fal: false, telegram: false, onlyExisting: true });
  await fill(stage, 100, 'accepted');
  figures.set('claim', Math.min(...(await claims(stage))));
  await stage.pool.query(`delete from generations where status = 'accepted'`);
  // A chore that has just been done has nothing to do: each time in a process of its own, as it were.
  for (let round = 0; round < 3; round += 1) {
    const { container, resources } = await open();
    for (const [name, chore] of Object.entries(container.get(services.chores))) {
      const took = await timed(chore);
      figures.set(`chore: ${name}`, Math.min(took, figures.get(`chore: ${name}`) ?? took));
    }
    const { sweep, 'last resort': lastResort } = container.get(services.chores);
    // Asked every two seconds, over connections that know the tables by then.
    if (sweep !== undefined) figures.set('sweep, again', await best(10, sweep));
    if (lastResort !== undefined) figures.set('last resort, again', await best(10, lastResort));
    await resources.close();
  }
  const { container, resources } = await open();
  const { gallery, generations } = container.get(services.database).stores;
  const person = { user: collector };
  const asker = { owner: collector };
  const query = { owner: collector, filter: {}, now: new Date() };
  const nowhere = () => new Writable({ write: (_chunk, _encoding, done) => done() });
  const single: Record<string, () => Promise<unknown>> = {
    'a page of the gallery': () => gallery.older(query, 10),
    'jobs of a state that never occurs': () => generations.list({ status: 'blocked', limit: 100 }),
    'export of 9,800 pictures': async () =>
      pipeline((await container.get(ExportUserData).execute(person, asker)).body, nowhere()),
  };
  for (const [what, work] of Object.entries(single)) figures.set(what, await best(2, work));
  figures.set(
    'deleting a person with 9,800 pictures',
    await timed(() => container.get(DeleteUser).execute(person, asker)),
  );
  await resources.close();
  await stage.pool.query('delete from generations where owner = $1', [collector]);
  await stage.pool.query('delete from users where id = $1', [collector]);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

/** Of several: what other programs do on the machine only ever makes it more. */
async function best(rounds: number, work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) times.push(await timed(work));
  return Math.min(...times);
}

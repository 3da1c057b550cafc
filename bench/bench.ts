import { measureAnswers } from './answers.js';
import { measureApi } from './api.js';
import { measureClaim } from './claim.js';
import { measureCost } from './cost.js';
import { keepFigures, type Rows } from './figures.js';
import { measureGallery } from './gallery.js';
import { measureGrowth } from './growth.js';
import { measureLatency } from './latency.js';
import { measureLoad } from './load.js';
import { measureMemory } from './memory.js';
import { measureMemoryOverTime } from './memory-over-time.js';
import { measurePhotos } from './photos.js';
import { measureRecovery } from './recovery.js';
import { measureStartUp } from './start-up.js';
import { measureWaiting } from './waiting.js';
import { measureWorkers } from './workers.js';

/** `npm run bench [-- <part> …]`: prints what was measured as tables and keeps it in `bench/figures`. Needs a built program. */
const parts: Record<string, () => Promise<Rows>> = {
  // Enough that most of the program is compiled by the middle of it.
  'latency-0ms': () => measureLatency(200, 0),
  // Time enough that fal is not done already when the naive script first asks.
  'latency-50ms': () => measureLatency(100, 50),
  // As much as a real picture may take beyond the naive script's last question.
  latency: () => measureLatency(40, 730),
  cost: () => measureCost(),
  answers: () => measureAnswers(),
  gallery: () => measureGallery(),
  photos: () => measurePhotos(),
  recovery: () => measureRecovery(),
  workers: () => measureWorkers(),
  // Two measures of a while, and the time that it takes to hand all of them to fal.
  waiting: () => measureWaiting(1000, 120),
  memory: () => measureMemory(200),
  'memory-20min': () => measureMemoryOverTime(3, 20),
  start: () => measureStartUp(3),
  claim: () => measureClaim(100_000, 10_000),
  // PICTURES=20000 for a look: it takes two minutes instead of five.
  growth: () => measureGrowth(Number(process.env.PICTURES ?? 1_000_000)),
  load: () => measureLoad(40, 60),
  api: () => measureApi(30),
};

/** Only if they are named: nobody waits so long for all of them. */
const long = ['memory-20min'];

const wanted = process.argv.slice(2);
for (const [name, measure] of Object.entries(parts)) {
  if (wanted.length === 0 ? long.includes(name) : !wanted.includes(name)) continue;
  console.log(`\n${name}`);
  const rows = await measure();
  console.table(rows);
  await keepFigures(name, rows);
}

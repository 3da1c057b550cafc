import { measureClaim } from './claim.js';
import { measureLatency, type Rows } from './latency.js';
import { measureLoad } from './load.js';
import { measureMemory } from './memory.js';
import { measureStartUp } from './start-up.js';

/** `npm run bench [-- latency memory start load claim]`: prints what was measured as tables. Needs a built program. */
const parts: Record<string, () => Promise<Rows>> = {
  'latency-0ms': () => measureLatency(Number(process.env.N ?? 60), 0),
  // Long enough that the naive script has to ask more than once, as with every real picture.
  latency: () => measureLatency(40, 730),
  memory: () => measureMemory(200),
  start: () => measureStartUp(3),
  claim: () => measureClaim(100_000, 10_000),
  load: async () => [...(await measureLoad(40, 60)), ...(await measureLoad(40, 20, 2))],
};

const wanted = process.argv.slice(2);
for (const [name, measure] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n${name}`);
  console.table(await measure());
}

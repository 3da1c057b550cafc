import { setTimeout as sleep } from 'node:timers/promises';
import type { Rows } from './figures.js';
import { openStage, residentMegabytes, startProgram, stopProgram } from './stage.js';

const people = 60;

/** Resident memory of the program each minute, while `rate` pictures a second come and go, told by webhooks. */
export async function measureMemoryOverTime(rate: number, minutes: number): Promise<Rows> {
  const stage = await openStage({ imageMilliseconds: 2000, people });
  try {
    const port = String(20_000 + (process.pid % 20_000));
    const webhooks = { PUBLIC_URL: `http://127.0.0.1:${port}`, HTTP_PORT: port };
    const program = await startProgram({ ...stage.environment, ...webhooks });
    const rows: Rows = [];
    const from = Date.now();
    for (let minute = 1; minute <= minutes; minute += 1) {
      for (let request = (minute - 1) * 60 * rate; request < minute * 60 * rate; request += 1) {
        stage.say(1 + (request % people), `/generate request ${request} at sea`);
        await sleep(Math.max(0, from + ((request + 1) * 1000) / rate - Date.now()));
      }
      const row = {
        what: `after ${minute} min at ${rate}/s, MB; n pictures`,
        p50: Math.round(await residentMegabytes(program)),
        n: await stage.photos(),
      };
      console.log(`${row.what}: ${row.p50}, ${row.n}`);
      rows.push(row);
    }
    await stopProgram(program);
    return rows;
  } finally {
    await stage.close();
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Rows } from './figures.js';
import { openStage, peakMegabytes, residentMegabytes, startProgram, stopProgram } from './stage.js';

/** Peak resident memory of the program while `images` are in flight at once and then arrive together. */
export async function measureMemory(images: number): Promise<Rows> {
  const stage = await openStage({ imageMilliseconds: 20_000, people: 20 });
  try {
    const program = await startProgram(stage.environment);
    await sleep(5000);
    const idle = await residentMegabytes(program);
    for (let request = 0; request < images; request += 1)
      stage.say(1 + (request % 20), `/generate request ${request} at sea`);
    let most = 0;
    for (let look = 0; look < 600; look += 1) {
      const { rows } = await stage.pool.query<{ flying: string; done: string }>(
        `select count(*) filter (where status = 'submitted') as flying,
          count(*) filter (where status = 'delivered') as done from generations`,
      );
      most = Math.max(most, Number(rows[0]?.flying));
      if (Number(rows[0]?.done) >= images) break;
      await sleep(200);
    }
    const peak = await peakMegabytes(program);
    await stopProgram(program);
    return [
      { what: 'idle, MB', p50: Math.round(idle) },
      { what: 'in flight at once', p50: most },
      { what: `peak with ${images} images, MB`, p50: Math.round(peak) },
    ];
  } finally {
    await stage.close();
  }
}

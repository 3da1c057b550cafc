import { setTimeout as sleep } from 'node:timers/promises';
import { type Rows, rounded } from './figures.js';
import { openStage, peakMegabytes, quantile, startProgram, stopProgram } from './stage.js';

/** `rate` requests a second by many people for `seconds`, from the chat to the chat, everything durable. */
export async function measureLoad(rate: number, seconds: number, processes = 1): Promise<Rows> {
  const people = 200;
  const stage = await openStage({ imageMilliseconds: 500, people });
  try {
    const programs = [await startProgram(stage.environment)];
    for (let extra = 1; extra < processes; extra += 1)
      programs.push(await startProgram({ ...stage.environment, ROLES: 'worker' }));
    const from = Date.now();
    for (let request = 0; request < rate * seconds; request += 1) {
      stage.say(1 + (request % people), `/generate request ${request} under the stars`);
      const due = from + ((request + 1) * 1000) / rate;
      if (due > Date.now()) await sleep(due - Date.now());
    }
    const asked = rate * seconds;
    let done = 0;
    for (let look = 0; look < 600 && done < asked; look += 1) {
      await sleep(100);
      const { rows } = await stage.pool.query<{ done: string }>(
        `select count(*) as done from generations where status = 'delivered'`,
      );
      done = Number(rows[0]?.done);
    }
    const took = (Date.now() - from) / 1000;
    const { rows } = await stage.pool.query<{ whole: number }>(
      'select extract(epoch from delivered_at - created_at) * 1000 as whole from generations where delivered_at is not null',
    );
    const { requests, answers } = await stage.report();
    const first = new Map<string, number>();
    for (const { person, message, at } of answers) {
      const key = `${person}:${message}`;
      if (!first.has(key)) first.set(key, at);
    }
    const acceptance = requests
      .map(({ person, message, at }) => (first.get(`${person}:${message}`) ?? Number.NaN) - at)
      .filter((value) => !Number.isNaN(value));
    const peak = await Promise.all(programs.map(peakMegabytes));
    for (const program of programs) await stopProgram(program);
    const name = `${rate}/s for ${seconds} s, ${processes} process${processes === 1 ? '' : 'es'}`;
    return [
      { what: `${name}: delivered per second`, p50: rounded(done / took, 1), n: done },
      {
        what: `${name}: request to first answer, ms`,
        p50: Math.round(quantile(acceptance, 0.5)),
        p95: Math.round(quantile(acceptance, 0.95)),
        n: acceptance.length,
      },
      {
        what: `${name}: accepted to delivered, ms (500 of them fal's)`,
        p50: Math.round(
          quantile(
            rows.map(({ whole }) => Number(whole)),
            0.5,
          ),
        ),
        p95: Math.round(
          quantile(
            rows.map(({ whole }) => Number(whole)),
            0.95,
          ),
        ),
      },
      { what: `${name}: peak memory, MB`, p50: peak.map(Math.round).join(' + ') },
    ];
  } finally {
    await stage.close();
  }
}

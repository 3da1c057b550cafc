import { setTimeout as sleep } from 'node:timers/promises';
import { type Rows, rounded } from './figures.js';
import { openStage, startProgram, stopProgram } from './stage.js';

const requests = 80;

/** Where work waits for the network rather than for a core, two worker processes do more than one. */
export async function measureWorkers(): Promise<Rows> {
  const [one, two] = [await submitAll(1), await submitAll(2)];
  return [
    { what: `${requests} submits of 2 s each, one worker process, ms`, p50: one },
    { what: `${requests} submits of 2 s each, two worker processes, ms`, p50: two },
    { what: 'one / two', p50: rounded(one / two, 2) },
  ];
}

async function submitAll(processes: number): Promise<number> {
  const stage = await openStage({ imageMilliseconds: 0, people: requests, submitMilliseconds: 2000 });
  try {
    const front = await startProgram({ ...stage.environment, ROLES: 'bot' });
    for (let person = 1; person <= requests; person += 1) stage.say(person, '/generate at sea');
    await until(stage, "status = 'accepted'");
    const from = Date.now();
    const workers = await Promise.all(
      Array.from({ length: processes }, () => startProgram({ ...stage.environment, ROLES: 'worker' })),
    );
    await until(stage, 'ticket is not null');
    const took = Date.now() - from;
    for (const program of [front, ...workers]) await stopProgram(program);
    return took;
  } finally {
    await stage.close();
  }
}

async function until({ pool }: Awaited<ReturnType<typeof openStage>>, condition: string): Promise<void> {
  for (let look = 0; look < 3000; look += 1) {
    const { rows } = await pool.query<{ count: string }>(
      `select count(*) from generations where ${condition}`,
    );
    if (Number(rows[0]?.count) >= requests) return;
    await sleep(20);
  }
  throw new Error(`not all became ${condition} within a minute`);
}

import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Rows } from './figures.js';
import { openStage, type Stage, startProgram, stopProgram } from './stage.js';

const images = 20;

/** How long after a `kill -9` everything that was at hand has arrived; fal is done with all of it by then. */
export async function measureRecovery(): Promise<Rows> {
  return [await afterRestart(), await afterTakeOver()];
}

async function afterRestart() {
  const stage = await openStage({ imageMilliseconds: 2000, people: images });
  try {
    const program = await startProgram(stage.environment);
    await submit(stage);
    await kill(program);
    await sleep(3000);
    const from = Date.now();
    const next = await startProgram(stage.environment);
    const ready = Date.now() - from;
    await allDelivered(stage);
    const all = Date.now() - from;
    await stopProgram(next);
    return {
      what: 'the only process is killed: start to ready, start to all 20 images, ms',
      p50: ready,
      p95: all,
    };
  } finally {
    await stage.close();
  }
}

async function afterTakeOver() {
  const stage = await openStage({ imageMilliseconds: 8000, people: images });
  try {
    const victim = await startProgram({ ...stage.environment, ROLES: 'worker' });
    const front = await startProgram({ ...stage.environment, ROLES: 'bot' });
    await submit(stage);
    const other = await startProgram({ ...stage.environment, ROLES: 'worker' });
    const from = Date.now();
    await kill(victim);
    await allDelivered(stage);
    const all = Date.now() - from;
    await stopProgram(front);
    await stopProgram(other);
    return {
      what: 'one of two workers is killed, fal has up to 8 s to go: kill to all 20 images, ms',
      p95: all,
    };
  } finally {
    await stage.close();
  }
}

async function kill(program: Awaited<ReturnType<typeof startProgram>>): Promise<void> {
  const gone = once(program, 'exit');
  program.kill('SIGKILL');
  await gone;
}

async function submit(stage: Stage): Promise<void> {
  for (let person = 1; person <= images; person += 1) stage.say(person, '/generate at sea');
  await until(stage, "status = 'submitted'");
}

const allDelivered = (stage: Stage) => until(stage, "status = 'delivered'");

async function until({ pool }: Stage, condition: string): Promise<void> {
  for (let look = 0; look < 6000; look += 1) {
    const { rows } = await pool.query<{ count: string }>(
      `select count(*) from generations where ${condition}`,
    );
    if (Number(rows[0]?.count) >= images) return;
    await sleep(20);
  }
  throw new Error(`not all became ${condition} within two minutes`);
}

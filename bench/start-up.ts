import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Rows } from './figures.js';
import { quantile } from './stage.js';

/** `npm start` to the box, build included: on an empty folder, then on the same one again. */
export async function measureStartUp(rounds: number): Promise<Rows> {
  const first: number[] = [];
  const later: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const folder = await mkdtemp(join(tmpdir(), 'aisha-start-'));
    first.push(await startOnce(folder));
    later.push(await startOnce(folder));
    await rm(folder, { recursive: true, force: true });
  }
  return [
    {
      what: 'npm start to ready, no database yet, ms',
      p50: quantile(first, 0.5),
      p95: quantile(first, 0.95),
    },
    { what: 'npm start to ready, database there, ms', p50: quantile(later, 0.5), p95: quantile(later, 0.95) },
  ];
}

function startOnce(folder: string): Promise<number> {
  const from = Date.now();
  const child = spawn('npm', ['start'], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, DATA_DIR: folder, HTTP_PORT: '0' },
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  });
  return new Promise((resolve, reject) => {
    let ready = 0;
    let said = '';
    child.stdout.on('data', (text: Buffer) => {
      said += text;
      if (ready !== 0 || !said.includes('┘')) return;
      ready = Date.now() - from;
      // npm does not always pass signals on: the whole group is told.
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
    });
    // npm ends before the program, which has what it says open until its database has stopped.
    child.once('close', () => (ready === 0 ? reject(new Error(`npm start ended: ${said}`)) : resolve(ready)));
  });
}

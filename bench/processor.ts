import { readdir, readFile, readlink } from 'node:fs/promises';
import type pg from 'pg';

/** Linux counts in hundredths of a second. */
const millisecondsOfTick = 10;

interface Taken {
  readonly parent: number;
  readonly milliseconds: number;
}

/**
 * Milliseconds of processor time that a process and all below it have taken so far, those included that have ended and
 * were waited for (Linux).
 */
export async function processorMilliseconds(root: number): Promise<number> {
  const processes = new Map<number, Taken>();
  for (const name of await readdir('/proc')) {
    const taken = /^\d+$/.test(name) ? await takenBy(name) : null;
    if (taken !== null) processes.set(Number(name), taken);
  }
  const isBelow = (pid: number): boolean =>
    pid === root || (processes.has(pid) && isBelow(processes.get(pid)?.parent ?? 0));
  return [...processes]
    .filter(([pid]) => isBelow(pid))
    .reduce((sum, [, { milliseconds }]) => sum + milliseconds, 0);
}

/** PostgreSQL's first process, above all that answer. It must run on this machine. */
export async function postmasterOf(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ pid: number }>('select pg_backend_pid() as pid');
  const taken = await takenBy(String(rows[0]?.pid));
  if (taken === null) throw new Error('the process that answers is not on this machine');
  return taken.parent;
}

/** Sockets that a process has open (Linux). */
export async function countSockets(pid: number): Promise<number> {
  const handles = await readdir(`/proc/${pid}/fd`);
  const targets = await Promise.all(handles.map((fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')));
  return targets.filter((target) => target.startsWith('socket:')).length;
}

/** `null`: it has ended meanwhile. */
async function takenBy(pid: string): Promise<Taken | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  if (stat === null) return null;
  // A name in brackets stands before, which may have spaces in it. Then: state, parent, …
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  return { parent: Number(fields[1]), milliseconds: ticks * millisecondsOfTick };
}

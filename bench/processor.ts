import { readdir, readFile } from 'node:fs/promises';

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

export async function parentOf(pid: number): Promise<number> {
  const taken = await takenBy(String(pid));
  if (taken === null) throw new Error(`there is no process ${pid}`);
  return taken.parent;
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

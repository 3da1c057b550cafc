import { readdir, readFile, readlink } from 'node:fs/promises';

/** Clock ticks of /proc in a second: the same on every Linux. */
const ticksPerSecond = 100;

/** Seconds of the processor that these processes have used so far, with their children that have ended (Linux). */
export async function processorSeconds(pids: readonly number[]): Promise<number> {
  let seconds = 0;
  for (const pid of pids) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    // After the name, which may hold spaces: state is the third field, utime to cstime are the 14th to the 17th.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    for (const ticks of fields.slice(11, 15)) seconds += Number(ticks) / ticksPerSecond;
  }
  return seconds;
}

/** This process and its children (Linux). */
export async function withChildren(pid: number): Promise<number[]> {
  const all = (await readdir('/proc')).map(Number).filter(Number.isInteger);
  const family = await Promise.all(
    all.map(async (id) => {
      const status = await readFile(`/proc/${id}/status`, 'utf8').catch(() => '');
      return id === pid || Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]) === pid ? [id] : [];
    }),
  );
  return family.flat();
}

/** Sockets that a process has open (Linux). */
export async function countSockets(pid: number): Promise<number> {
  const handles = await readdir(`/proc/${pid}/fd`);
  const targets = await Promise.all(handles.map((fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')));
  return targets.filter((target) => target.startsWith('socket:')).length;
}

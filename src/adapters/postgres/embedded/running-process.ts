import { stat } from 'node:fs/promises';
import { errorCode, unlessMissing } from './cluster-error.js';

/** Whether a process with this id exists, whoever owns it. One that ended and was not yet reaped counts as running. */
export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

/**
 * Whether a process works in `folder`, as a server does in its cluster. False also for one that ended and was not
 * reaped, which is how dead servers stay in containers whose first process is no `init`.
 * @returns undefined where the system does not tell: without `/proc`, or about a process of another user
 */
export async function worksIn(pid: number, folder: string): Promise<boolean | undefined> {
  if (process.platform !== 'linux') return undefined;
  try {
    const [there, here] = await Promise.all([unlessMissing(stat(`/proc/${pid}/cwd`)), stat(folder)]);
    return there !== undefined && there.dev === here.dev && there.ino === here.ino;
  } catch (error) {
    if (errorCode(error) === 'EACCES' || errorCode(error) === 'EPERM') return undefined;
    throw error;
  }
}

import { errorCode } from './cluster-error.js';

/** Whether a process with this id exists, whoever owns it. One that ended and was not yet reaped counts as running. */
export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { readIfThere, writeAtomically } from '../atomic-file.js';

const heartbeatMilliseconds = 2000;
const deadAfterMilliseconds = 15_000;
/** Servers of this very process: after a restart in a container another one may have had the same pid. */
const here = new Set<string>();

/** Which servers over one folder are alive, so that the work of a dead one is taken over, and only that. */
export class ServerRegistry {
  readonly token = randomUUID();
  readonly #folder: string;
  #heartbeat: NodeJS.Timeout | undefined;

  constructor(folder: string) {
    this.#folder = join(folder, 'servers');
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
  }

  /** From now on this server counts as alive. */
  register(): void {
    writeAtomically(this.#pathOf(this.token), JSON.stringify({ pid: process.pid }));
    here.add(this.token);
    this.#heartbeat = setInterval(() => this.#beat(), heartbeatMilliseconds);
    this.#heartbeat.unref();
  }

  isAlive(token: string): boolean {
    if (here.has(token)) return true;
    const text = readIfThere(this.#pathOf(token));
    if (text === undefined) return false;
    const { pid } = JSON.parse(text) as { pid: number };
    return pid !== process.pid && isRunning(pid) && this.#beatLately(token);
  }

  close(): void {
    clearInterval(this.#heartbeat);
    here.delete(this.token);
    rmSync(this.#pathOf(this.token), { force: true });
  }

  #beat(): void {
    const now = new Date();
    utimesSync(this.#pathOf(this.token), now, now);
  }

  #beatLately(token: string): boolean {
    const beat = statSync(this.#pathOf(token), { throwIfNoEntry: false })?.mtimeMs ?? 0;
    return Date.now() - beat < deadAfterMilliseconds;
  }

  #pathOf(token: string): string {
    return join(this.#folder, `${token}.json`);
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, under another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

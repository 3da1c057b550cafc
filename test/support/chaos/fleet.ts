import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, type WriteStream } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Processes of the real program that are killed without warning and started again. */
export class Fleet {
  private readonly processes = new Map<string, ChildProcess>();
  private readonly logs: WriteStream;
  private ending = false;
  /** How often a process was killed. */
  crashes = 0;

  constructor(
    private readonly members: Readonly<Record<string, NodeJS.ProcessEnv>>,
    logFile: string,
  ) {
    this.logs = createWriteStream(logFile, { flags: 'a' });
  }

  get names(): string[] {
    return Object.keys(this.members);
  }

  async start(name: string): Promise<void> {
    const child = spawn(process.execPath, ['dist/main.js', 'start'], {
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...this.members[name] },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.processes.set(name, child);
    child.stderr.pipe(this.logs, { end: false });
    await new Promise<void>((resolve, reject) => {
      // The box is printed once everything works.
      child.stdout.once('data', () => resolve());
      child.once('exit', (code, signal) => {
        if (!this.ending && signal !== 'SIGKILL')
          reject(new Error(`${name} ended by itself with ${code}; see its log`));
        else resolve();
      });
    });
  }

  async kill(name: string): Promise<void> {
    const child = this.processes.get(name);
    if (child === undefined) return;
    // A process must survive whatever happens around it; only a kill may end it.
    if (child.exitCode !== null) throw new Error(`${name} had ended by itself with ${child.exitCode}`);
    const gone = new Promise((resolve) => child.once('exit', resolve));
    this.crashes += 1;
    child.kill('SIGKILL');
    await gone;
    this.processes.delete(name);
  }

  /** As a machine that sleeps: it keeps its connections, and says and hears nothing. */
  async pause(name: string, seconds: number): Promise<void> {
    const child = this.processes.get(name);
    if (child === undefined) return;
    child.kill('SIGSTOP');
    await sleep(seconds * 1000);
    // It may have been killed meanwhile.
    child.kill('SIGCONT');
  }

  async stop(): Promise<void> {
    this.ending = true;
    await Promise.all(
      [...this.processes.values()].map((child) => {
        if (child.exitCode !== null || child.signalCode !== null) return undefined;
        const gone = new Promise((resolve) => child.once('exit', resolve));
        child.kill('SIGTERM');
        return gone;
      }),
    );
    this.logs.end();
  }
}

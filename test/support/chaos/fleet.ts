import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createWriteStream, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

type ChildProcess = ChildProcessByStdio<null, Readable, Readable>;

/** Processes of the real program that are killed without warning and started again. */
export class Fleet {
  private readonly processes = new Map<string, ChildProcess>();
  /** The folder of the release that a process runs, where it is not this checkout. */
  private readonly releases = new Map<string, string>();
  private readonly logs: WriteStream;
  private ending = false;
  /** When processes were killed, in milliseconds since 1970. */
  readonly kills: number[] = [];

  constructor(
    private readonly members: Readonly<Record<string, NodeJS.ProcessEnv>>,
    logFile: string,
  ) {
    this.logs = createWriteStream(logFile, { flags: 'a' });
  }

  get crashes(): number {
    return this.kills.length;
  }

  get names(): string[] {
    return Object.keys(this.members);
  }

  async start(name: string): Promise<void> {
    const child = this.spawn(this.members[name] ?? {}, this.releases.get(name));
    this.processes.set(name, child);
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

  /** Sends a signal; returns what sends another one to the same process, if it still lives then. */
  signal(name: string, signal: NodeJS.Signals): (next: NodeJS.Signals) => void {
    const child = this.processes.get(name);
    child?.kill(signal);
    return (next) => {
      if (child !== undefined && child.exitCode === null && child.signalCode === null) child.kill(next);
    };
  }

  /** Starts one process too many, like `name` but for its port; returns what ends it and tells how it went. */
  startTwice(name: string): () => Promise<string> {
    const child = this.spawn({ ...this.members[name], HTTP_PORT: '0' });
    child.stdout.resume();
    const gone = new Promise<string>((resolve) =>
      child.once('exit', (code) => resolve(`ended by itself with ${code}`)),
    );
    return () => {
      if (child.exitCode !== null) return gone;
      child.kill('SIGTERM');
      return gone.then(() => 'ran until it was told to stop');
    };
  }

  private spawn(environment: NodeJS.ProcessEnv, cwd?: string): ChildProcess {
    const clock = join(import.meta.dirname, 'shifting-clock.mjs');
    const child = spawn(process.execPath, ['--import', clock, 'dist/main.js', 'start'], {
      ...(cwd === undefined ? {} : { cwd }),
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stderr.pipe(this.logs, { end: false });
    return child;
  }

  /** From its next start on it runs the release that was built in this folder. */
  install(name: string, release: string): void {
    this.releases.set(name, release);
  }

  /** Ends it as a supervisor does, and waits until it has ended what it had in hand. Returns how it ended. */
  async end(name: string): Promise<number | NodeJS.Signals | null> {
    const child = this.processes.get(name);
    if (child === undefined) throw new Error(`${name} does not run`);
    this.processes.delete(name);
    const gone = new Promise<number | NodeJS.Signals | null>((resolve) =>
      child.once('exit', (code, signal) => resolve(code ?? signal)),
    );
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode ?? child.signalCode;
    child.kill('SIGTERM');
    return gone;
  }

  async kill(name: string): Promise<void> {
    const child = this.processes.get(name);
    if (child === undefined) return;
    // A process must survive whatever happens around it; only a kill may end it.
    if (child.exitCode !== null) throw new Error(`${name} had ended by itself with ${child.exitCode}`);
    const gone = new Promise((resolve) => child.once('exit', resolve));
    this.kills.push(Date.now());
    child.kill('SIGKILL');
    await gone;
    this.processes.delete(name);
  }

  /** As a machine that sleeps: it keeps its connections, and says and hears nothing. */
  async pause(name: string, seconds: number): Promise<void> {
    const next = this.signal(name, 'SIGSTOP');
    await sleep(seconds * 1000);
    // It may have been killed meanwhile.
    next('SIGCONT');
  }

  async stop(): Promise<void> {
    this.ending = true;
    await Promise.all(
      [...this.processes.values()].map((child) => {
        if (child.exitCode !== null || child.signalCode !== null) return undefined;
        const gone = new Promise((resolve) => child.once('exit', resolve));
        child.kill('SIGTERM');
        child.kill('SIGCONT');
        return gone;
      }),
    );
    this.logs.end();
  }
}

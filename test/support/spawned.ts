import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const main = join(import.meta.dirname, '../../dist/main.js');

type Variables = Readonly<Record<string, string>>;

/** Nothing of the environment of the tests reaches the program but where programs are. */
const environment = (variables: Variables): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  SANDBOX_IMAGE_MILLISECONDS: '30',
  CONFIRM_FIRST_ORDERS: '0',
  ...variables,
});

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one command of the built program to its end, in `cwd`. */
export async function aisha(words: readonly string[], variables: Variables, cwd: string): Promise<Ended> {
  const child = spawn(process.execPath, [main, ...words], { cwd, env: environment(variables) });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const [code] = await once(child, 'close');
  return { code, stdout, stderr };
}

export interface Service {
  readonly child: ChildProcess;
  /** All it has written so far. */
  output(): string;
  /** The port of its web server, from the box. */
  port(): number;
  kill(): Promise<void>;
  /** Tells it to stop; resolves with its exit code. */
  stop(): Promise<number | null>;
}

/** `aisha start`, once it is ready. Its log is at `info` unless `variables` say otherwise. */
export async function startService(variables: Variables, cwd: string): Promise<Service> {
  const child = spawn(process.execPath, [main, 'start'], {
    cwd,
    env: environment({ HTTP_PORT: '0', ...variables }),
  });
  let output = '';
  const ended = once(child, 'close').then(([code]) => code as number | null);
  await new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk;
      if (output.includes('└─')) resolve();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    void ended.then((code) => reject(new Error(`it ended with ${code}:\n${output}`)));
  });
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    return ended;
  };
  return {
    child,
    output: () => output,
    port: () => Number(/localhost:(\d+)\/readyz/.exec(output)?.[1]),
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
  };
}

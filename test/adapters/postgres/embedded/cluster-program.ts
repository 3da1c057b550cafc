import { type ChildProcess, execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const repository = join(import.meta.dirname, '../../../..');

/** The compiled `open-cluster-program.ts`. */
export interface ClusterProgram {
  start(dataDir: string): RunningProgram;
  remove(): Promise<void>;
}

interface RunningProgram {
  readonly child: ChildProcess;
  /** Settles when the program has opened its cluster. */
  readonly opened: Promise<{ connectionString: string; startedHere: boolean }>;
  /** `kill -9` of it and of all that it started in its process group, awaited. */
  kill(): Promise<void>;
  /** Lets it close its cluster and end. */
  close(): Promise<void>;
}

/** Compiled, because a killed program must be a process of its own, and Node runs JavaScript. */
export async function compileClusterProgram(): Promise<ClusterProgram> {
  const cache = join(repository, 'node_modules', '.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'cluster-program-'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  const source = fileURLToPath(new URL('./open-cluster-program.ts', import.meta.url));
  const compiler = join(repository, 'node_modules', 'typescript', 'bin', 'tsc');
  const options = [
    '--module',
    'nodenext',
    '--target',
    'es2023',
    '--types',
    'node',
    '--skipLibCheck',
    '--noCheck',
  ];
  const out = ['--outDir', folder, '--rootDir', repository, '--ignoreConfig'];
  await promisify(execFile)(process.execPath, [compiler, ...options, ...out, source], { cwd: repository });
  const program = join(folder, 'test/adapters/postgres/embedded/open-cluster-program.js');
  return {
    start: (dataDir) => startProgram(program, dataDir),
    remove: () => rm(folder, { recursive: true }),
  };
}

function startProgram(program: string, dataDir: string): RunningProgram {
  const child = fork(program, [dataDir], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], detached: true });
  const ended = once(child, 'exit');
  let errors = '';
  child.stderr?.on('data', (chunk) => {
    errors += chunk;
  });
  const opened = new Promise<{ connectionString: string; startedHere: boolean }>((resolve, reject) => {
    child.once('message', (message: { connectionString: string; startedHere: boolean }) => resolve(message));
    child.once('exit', (code, signal) => reject(new Error(`it ended (${code ?? signal}): ${errors}`)));
  });
  opened.catch(() => {});
  return {
    child,
    opened,
    async kill() {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      await ended;
    },
    async close() {
      child.send('close');
      await ended;
    },
  };
}

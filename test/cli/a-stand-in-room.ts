import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { aisha } from '../support/spawned.js';

const main = join(import.meta.dirname, '../../dist/main.js');

/** What each test of a file has of its own: an empty folder, and the stand-ins that it starts there. */
export interface StandInRoom {
  /** All that the programs may write goes here: `TMPDIR` and `DATA_DIR`. */
  readonly folder: string;
  /** A stand-in alone, once it answers: without any setting but `more`. `stop` resolves with its exit code. */
  start<Running>(
    name: 'fal' | 'telegram',
    options: readonly string[],
    more?: Readonly<Record<string, string>>,
  ): Promise<{ running: Running; stop: () => Promise<number | null> }>;
  /** One command to its end. */
  aisha(...words: string[]): ReturnType<typeof aisha>;
}

/** To be called at the top of a file. */
export function aStandInRoom(): StandInRoom {
  let folder: string;
  const closing: (() => Promise<unknown>)[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'aisha-alone-'));
    closing.push(() => rm(folder, { recursive: true, force: true }));
  });
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  const variables = () => ({ TMPDIR: folder, DATA_DIR: join(folder, 'data') });

  return {
    get folder() {
      return folder;
    },
    async start<Running>(
      name: string,
      options: readonly string[],
      more: Readonly<Record<string, string>> = {},
    ) {
      const words = [main, 'sandbox', name, '--json', '--port', '0', ...options];
      const env = { PATH: process.env.PATH, HOME: process.env.HOME, ...variables(), ...more };
      const child = spawn(process.execPath, words, { cwd: folder, env });
      const ended = once(child, 'close').then(([code]) => code as number | null);
      const stop = async () => {
        child.kill('SIGINT');
        return ended;
      };
      closing.push(stop);
      let output = '';
      const running = await new Promise<Running>((resolve, reject) => {
        child.stdout.on('data', (chunk) => {
          output += chunk;
          if (output.endsWith('}\n')) resolve(JSON.parse(output) as Running);
        });
        void ended.then((code) => reject(new Error(`it ended with ${code}: ${output}`)));
      });
      return { running, stop };
    },
    aisha: (...words) => aisha(words, variables(), folder),
  };
}

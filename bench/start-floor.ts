import type { ChildProcess } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import pg from 'pg';
import { build } from 'rolldown';
import { type Stage, startProgram } from './stage.js';

/** Beside the libraries that it does not contain, and out of git's sight. */
const bundle = 'node_modules/.cache/aisha/floor.mjs';

/** The database that the floor has for itself, in the same cluster. */
export const floorDatabase = 'floor';

/** Starts the floor, made into one file as the program is. Everybody on the stage has credits. */
export async function startFloor({ pool, environment, webhooks, folder }: Stage): Promise<ChildProcess> {
  await build({
    input: 'bench/floor.ts',
    platform: 'node',
    external: [/^sharp$/, /^pg$/],
    output: { file: bundle, banner: 'const __dirname = import.meta.dirname;' },
  });
  await pool.query(`create database ${floorDatabase}`);
  const address = new URL(environment.DATABASE_URL ?? '');
  address.pathname = floorDatabase;
  const dataDir = `${folder}/floor`;
  await mkdir(dataDir);
  const floor = await startProgram(
    { ...environment, DATABASE_URL: address.href, DATA_DIR: dataDir, ...webhooks },
    { command: [bundle] },
  );
  const client = new pg.Client(address.href);
  await client.connect();
  await client.query('insert into accounts select person, 1000000 from generate_series(1, 1000) as person');
  await client.end();
  return floor;
}

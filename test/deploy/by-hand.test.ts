import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../support/free-port.js';
import { ImageByHand, whyNot } from './image-by-hand.js';

const obstacle = whyNot();
const folder = mkdtempSync(join(tmpdir(), 'aisha-image-'));
let ports: { HTTP_PORT: string; STATUS_PORT: string };
let image: ImageByHand;
/** Of what a test has started and did not end. */
const ends: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  ports = { HTTP_PORT: `${await freePort()}`, STATUS_PORT: `${await freePort()}` };
  image = new ImageByHand(folder, { MODE: 'sandbox', ...ports });
});
afterAll(async () => {
  for (const end of ends) await end();
  rmSync(folder, { recursive: true, force: true });
});

test('the image’s layout runs read-only and as its own user, is found well, and ends cleanly', async ({
  skip,
}) => {
  skip(obstacle !== null, `The image’s layout is not tried here: ${obstacle}.`);
  const child = image.start([...image.entrypoint, ...image.command]);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk));
  const ended = once(child, 'close');
  ends.push(() => (child.kill('SIGTERM') ? ended : Promise.resolve()));
  const ready = () => fetch(`http://127.0.0.1:${ports.STATUS_PORT}/readyz`).then(({ status }) => status);
  await Promise.race([
    expect.poll(() => ready().catch(() => null), { timeout: 150_000 }).toBe(200),
    ended.then(([code]) => Promise.reject(new Error(`it ended with ${code}:\n${output}`))),
  ]);

  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  expect(status).toMatch(/^Uid:\s+1000\s/m);
  expect(status).toMatch(/^CapEff:\s+0+$/m);
  const command = readFileSync(`/proc/${child.pid}/cmdline`, 'utf8').split('\0').slice(0, -1);
  expect(command).toEqual([...image.entrypoint, ...image.command]);

  // As other machines of its network reach it, and as Docker asks it.
  expect((await fetch(`http://127.0.0.2:${ports.HTTP_PORT}/healthz`)).status).toBe(200);
  expect((await fetch(`http://127.0.0.2:${ports.HTTP_PORT}/readyz`)).status).toBe(404);
  expect((await fetch(`http://127.0.0.2:${ports.STATUS_PORT}/metrics`)).status).toBe(200);
  expect(await image.run(image.healthCheck)).toEqual({ code: 0, output: '' });

  expect(statSync(join(folder, 'data/postgres')).uid).toBe(1000);
  child.kill('SIGTERM');
  expect((await ended)[0], output).toBe(0);
  expect((await image.run(image.healthCheck)).code).toBe(1);
});

test('a command takes the place of start, and nothing but the volume and /tmp can be written', async ({
  skip,
}) => {
  skip(obstacle !== null, `The image’s layout is not tried here: ${obstacle}.`);
  expect((await image.run([...image.entrypoint, 'presets'])).output).toContain('balanced');
  const paths = ['/app', '/app/dist', '/app/assets', '/', '/etc', '/home', '/data', '/tmp'];
  const tries = paths.map((path) => `touch ${path}/written 2>/dev/null && echo ${path}`);
  expect((await image.run(['sh', '-c', tries.join('; ')])).output).toBe('/data\n/tmp\n');
});

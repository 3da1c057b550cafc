import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { aisha } from '../support/spawned.js';

test('without the image library a start ends at once, says how to get it, and leaves no database behind', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'aisha-no-library-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const missing = join(folder, 'missing.cjs');
  await writeFile(
    missing,
    `const { _resolveFilename: resolve } = require('module');
    require('module')._resolveFilename = (name, ...rest) => {
      if (name === 'sharp') throw new Error('no sharp for this machine');
      return resolve(name, ...rest);
    };`,
  );
  const DATA_DIR = join(folder, 'data');
  const variables = { NODE_OPTIONS: `--require=${missing}`, MODE: 'sandbox', HTTP_PORT: '0', DATA_DIR };
  const { code, stderr } = await aisha(['start'], variables, folder);
  expect(stderr).toMatch(/^The image library \(sharp\) cannot be loaded\. Run `npm ci` on this machine\.\n/m);
  expect(stderr).toContain('no sharp for this machine');
  expect([code, existsSync(join(DATA_DIR, 'postgres'))]).toEqual([1, false]);
});

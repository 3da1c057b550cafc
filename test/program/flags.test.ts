import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

it('the unit file and the image of the documents have the flags of npm start', async () => {
  const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const operations = await readFile(join(root, 'docs/operations.md'), 'utf8');
  expect(operations).toContain(`ExecStart=/usr/bin/${scripts.start}`);
  const words: string[] = scripts.start.split(' ');
  expect(operations).toContain(`CMD [${words.map((word) => `"${word}"`).join(', ')}]`);
});

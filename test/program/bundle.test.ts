import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const dist = join(import.meta.dirname, '../../dist');

/** What is read stays in memory for as long as the program runs. See docs/decisions/0036. */
describe('the bundle', () => {
  it('holds no letter that doubles the size of its file in memory', async () => {
    expect(await holding(/[^\0-\u{ff}]/u)).toEqual([]);
  });

  it('leaves out the tables of libraries that nothing of ours asks for', async () => {
    // Telephone numbers of the world, and what each letter of Unicode becomes in a host's name.
    expect(await holding(/libphonenumber|mappingTable/)).toEqual([]);
  });

  it('loads the image library with the first picture, and asks nothing of it before but to keep no cache', async () => {
    expect(await holding(/from ?["']sharp["']/)).toEqual([]);
    expect(await holding(/= require\(["']sharp["']\)/)).toEqual(['sharp-when-used.js']);
    expect(await holding(/\bsharp\.(?!cache\b)\w+[.(]/)).toEqual([]);
  });

  it('leaves libheif where npm put it: its licence (LGPL) wants it to be replaceable', async () => {
    expect(await holding(/heif_js_|HeifDecoder/)).toEqual([]);
  });
});

async function holding(pattern: RegExp): Promise<string[]> {
  const names = (await readdir(dist)).filter((name) => name.endsWith('.js'));
  const sources = await Promise.all(names.map((name) => readFile(join(dist, name), 'utf8')));
  return names.filter((_, index) => pattern.test(sources[index] ?? ''));
}

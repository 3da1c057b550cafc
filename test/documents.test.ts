import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => `${parentPath}/${name}`);

const files = ['src', 'test', 'bench', 'scripts', 'docs', 'assets'].flatMap(filesIn);
const documents = ['README.md', 'CONTRIBUTING.md', ...filesIn('docs').filter((path) => path.endsWith('.md'))];

/** Of our own: with a folder it is the end of a path, alone the name of a file. */
const isOurs = (name: string) => files.some((path) => `/${path}`.endsWith(`/${name}`));

/** What a document says of files: `name.ts`, `folder/name.test.ts`, `assets/a.ftl`. */
const named = (text: string) => [...text.matchAll(/`([\w./-]+\.(?:ts|ftl))`/g)].map(([, name]) => name ?? '');

/** Sentences in italics behind a test's file: *it is so*, the names of its tests. */
function sentences(text: string): { file: string; sentence: string }[] {
  return [...text.matchAll(/`([\w./-]+\.ts)`((?:,? (?:and )?\*[^*\n]+\*)+)/g)].flatMap(([, file, italics]) =>
    [...(italics ?? '').matchAll(/\*([^*\n]+)\*/g)].map(([, sentence]) => ({
      file: file ?? '',
      sentence: sentence ?? '',
    })),
  );
}

const plain = (text: string) => text.replaceAll(/['"`\\]/g, '').replaceAll(/\s+/g, ' ');
const pattern = (text: string, gap: RegExp) =>
  plain(text)
    .split(gap)
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').trim())
    .join('.*');

/** What a table of tests fills in: `refuses $name`, `is %s, after one request`. */
const filledIn = /\$\{[^}]*\}|\$[\w.]+|%[sdijo]/;
const titles = /(?:it|describe|\))(?:\.\w+)?\(\s*(['"`])((?:(?!\1).)+)\1/g;

/** Names a test of the file like this? An ellipsis stands for what differs from case to case. */
function says(path: string, sentence: string): boolean {
  const text = readFileSync(path, 'utf8');
  if (new RegExp(pattern(sentence, /…/)).test(plain(text))) return true;
  return [...text.matchAll(titles)].some(
    ([, , title]) =>
      title !== undefined &&
      filledIn.test(title) &&
      new RegExp(pattern(title, filledIn)).test(plain(sentence)),
  );
}

describe('the documents', () => {
  it.each(documents)('%s names files that exist', (document) => {
    expect(named(readFileSync(document, 'utf8')).filter((name) => !isOurs(name))).toEqual([]);
  });

  it('name tests that exist', () => {
    const told = documents.flatMap((document) => sentences(readFileSync(document, 'utf8')));
    expect(told.length).toBeGreaterThan(100);
    const unknown = told.filter(
      ({ file, sentence }) => !files.some((path) => `/${path}`.endsWith(`/${file}`) && says(path, sentence)),
    );
    expect(unknown).toEqual([]);
  });
});

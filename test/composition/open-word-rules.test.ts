import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadConfig } from '../../src/composition/settings/config.js';
import { openWordRules } from '../../src/composition/settings/open-word-rules.js';

let folder: string;
let path: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aisha-words-'));
  path = join(folder, 'words.json');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const open = async (text: string) => {
  await writeFile(path, text);
  return openWordRules(loadConfig({ WORDS_FILE: path }));
};

test('words are looked at unless the operator wants them not to be, and only minors are refused', async () => {
  expect(await openWordRules(loadConfig({ CHECK_WORDS: 'false' }))).toBeNull();
  const rules = await openWordRules(loadConfig({}));
  expect(rules?.find('a naked man')).toEqual(['nudity']);
  expect([...(rules?.refused ?? [])]).toEqual(['minors']);
  expect((await openWordRules(loadConfig({ REFUSED_WORDS: 'none' })))?.refused.size).toBe(0);
  const strict = await openWordRules(loadConfig({ REFUSED_WORDS: 'people, nudity' }));
  expect([...(strict?.refused ?? [])]).toEqual(['people', 'nudity']);
  expect(rules?.judged).toEqual([]);
  expect((await openWordRules(loadConfig({ JUDGED_WORDS: 'minors,hate' })))?.judged).toEqual([
    'minors',
    'hate',
  ]);
  expect(() => loadConfig({ REFUSED_WORDS: 'rudeness' })).toThrow(/REFUSED_WORDS "rudeness" is unknown/);
});

test("the operator's lists stand in for ours of the categories that they name", async () => {
  const rules = await open(
    '[{"category": "people", "words": ["taylor swift"]}, {"category": "drugs", "words": []}]',
  );
  expect(rules?.find('Taylor Swift smoking weed, naked')).toEqual(['nudity', 'people']);
});

test.each([
  ['[{"category": "rude", "words": ["*"], "word": []}]', ['category', 'words', 'word is unknown']],
  ['[{"category": "people", "words": "ada"}]', ['lists[0].words']],
  ['{}', ['no list of lists']],
  ['[', ['no JSON']],
])('what is wrong with them is said at the start: %s', async (text, words) => {
  const said = await open(text).then(String, ({ message }: Error) => message);
  expect(said).toContain(`WORDS_FILE "${path}"`);
  for (const word of words) expect(said).toContain(word);
});

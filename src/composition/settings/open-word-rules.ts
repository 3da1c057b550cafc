import { createRequire } from 'node:module';
import type { WordRules } from '../../application/policy/check-words.js';
import { wordFinder } from '../../domain/text/doubtful-words.js';
import { listsWith, type WordCategory, type WordList } from '../../domain/text/word-lists.js';
import { wordListProblems } from '../../domain/word-list-problems.js';
import type { Config } from './config.js';
import { readListFile } from './read-list-file.js';

/** Finds files by the name of the package, so it works from the sources and from the build. */
const { resolve } = createRequire(import.meta.url);

const keys = ['category', 'words', 'except', 'beside'];

/** What is asked about or refused: the operator's lists before ours. @throws ConfigError naming all that is wrong */
export async function openWordRules({ words }: Pick<Config, 'words'>): Promise<WordRules | null> {
  if (words === null) return null;
  const ours = await open(resolve('aisha/assets/words.json'));
  const theirs = words.file === null ? [] : await open(words.file);
  return { find: wordFinder(listsWith(ours, theirs)), judged: words.judged, refused: words.refused };
}

const open = (path: string) =>
  readListFile({ setting: 'WORDS_FILE', path, items: 'lists', keys }, asList, wordListProblems);

/** What has another type becomes a value that the checks refuse. */
const asList = ({ category, words, except, beside }: Readonly<Record<string, unknown>>): WordList => ({
  category: String(category) as WordCategory,
  words: asTexts(words),
  except: except === undefined ? [] : asTexts(except),
  beside: beside === undefined ? null : (String(beside) as WordCategory),
});

const asTexts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : ['']);

import { expect, test } from 'vitest';
import { readPrompt } from '../../../src/adapters/telegram/features/prompt-options.js';

test.each([
  ['a knight', { prompt: 'a knight', overrides: {} }],
  [
    'a knight --ar 16:9 --seed 42 --n 4 --preset ultra',
    { prompt: 'a knight', preset: 'ultra', overrides: { aspectRatio: '16:9', seed: 42, count: 4 } },
  ],
  ['--seed=7 a —n 2 knight', { prompt: 'a knight', overrides: { seed: 7, count: 2 } }],
  ['a well-known knight -- alone', { prompt: 'a well-known knight -- alone', overrides: {} }],
  ['a knight --raw on a horse', { prompt: 'a knight on a horse', overrides: { raw: true } }],
  ['a --avatar "Ada Lovelace" knight', { prompt: 'a knight', avatar: 'Ada Lovelace', overrides: {} }],
  ['knight --ar 16x9 --format JPG', { overrides: { aspectRatio: '16:9', format: 'jpeg' } }],
  ['рыцарь --steps 2,5', { prompt: 'рыцарь', overrides: { steps: 2.5 } }],
])('%s', (text, expected) => {
  expect(readPrompt(text)).toMatchObject({ ...expected, problems: [] });
});

test('an unknown option is named with those that exist', () => {
  const { problems } = readPrompt('a knight --sede 42');
  expect(problems).toMatchObject([{ field: 'option', code: 'unknown_value', received: '--sede' }]);
  expect(problems[0]?.allowed).toContain('--seed');
});

test('an option without its value is named', () => {
  expect(readPrompt('a knight --seed --n 2').problems).toEqual([{ field: '--seed', code: 'required' }]);
});

import { expect, test } from 'vitest';
import { readPrompt } from '../../../src/adapters/telegram/features/generate/prompt-options.js';

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
  [
    'a knight --num_inference_steps 35 --guidance-scale 4 --image_size square_hd --safety_tolerance 2',
    { prompt: 'a knight', overrides: { steps: 35, guidance: 4, imageSize: 'square_hd', safety: 2 } },
  ],
  [
    '--use_ultra a knight --finetune-strength=1.1 --output_format jpeg --enable_safety_checker true',
    { prompt: 'a knight', preset: 'ultra', overrides: { finetuneStrength: 1.1, format: 'jpeg' } },
  ],
  ['a knight --raw=false', { prompt: 'a knight', overrides: { raw: false } }],
  ['рыцарь —золотой час', { prompt: 'рыцарь —золотой час', overrides: {} }],
  ['a knight -n 4 -p ultra', { prompt: 'a knight', preset: 'ultra', overrides: { count: 4 } }],
  ['a knight -n of the north -p eaceful', { prompt: 'a knight -n of the north -p eaceful', overrides: {} }],
  ['рыцарь --steps 2,5', { prompt: 'рыцарь', overrides: { steps: 2.5 } }],
])('%s', (text, expected) => {
  expect(readPrompt(text)).toMatchObject({ ...expected, problems: [] });
});

test('an unknown option is named with those that exist', () => {
  const { problems } = readPrompt('a knight --sede 42');
  expect(problems).toMatchObject([{ field: 'option', code: 'unknown_value', received: '--sede' }]);
  expect(problems[0]?.allowed).toContain('--seed');
});

test('all unknown options are named, whole and in any script', () => {
  const { prompt, problems } = readPrompt('a knight --inference_steps 35 --шаги 5 --v6 --constructor x');
  expect(prompt).toBe('a knight');
  expect(problems.map(({ received }) => received)).toEqual([
    '--inference_steps',
    '--шаги',
    '--v6',
    '--constructor',
  ]);
});

test('what contradicts itself is named', () => {
  const { problems } = readPrompt('a knight --use-ultra --preset fast --enable-safety-checker=no');
  expect(problems.map(({ field }) => field)).toEqual(['--use-ultra', '--enable-safety-checker']);
});

test('an option without its value is named', () => {
  expect(readPrompt('a knight --seed --n 2').problems).toEqual([{ field: '--seed', code: 'required' }]);
});

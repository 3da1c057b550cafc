import { expect, it } from 'vitest';
import { modelKinds } from '../src/domain/avatar/avatar-model.js';
import { faultyFiles } from './support/compiled-copy.js';
import { sourceFiles } from './support/import-rules.js';

/** They make a model of one kind, and decide nothing by it. */
const makers = [
  'src/adapters/telegram/wording/finetune-presets.ts',
  'src/application/avatars/lora-files.ts',
  'src/composition/seed-sandbox.ts',
  'src/domain/avatar/legacy-avatar.ts',
];

const mustAnswer = [
  'src/adapters/telegram/features/avatars/avatar-card.ts',
  'src/application/avatars/add-avatar.ts',
  'src/application/avatars/weights-look.ts',
  'src/domain/avatar/avatar-model.ts',
  'src/domain/generation/endpoint-catalogue.ts',
];

it('does not compile until every place has answered that decides by it', async () => {
  const more = "| ({ readonly kind: 'hologram' } & WeightsFile)";
  const faulty = await faultyFiles([
    { path: 'src/domain/avatar/avatar-model.ts', from: "| ({ readonly kind: 'lora' }", to: `${more}\n$&` },
  ]);
  expect(faulty).toEqual(expect.arrayContaining(mustAnswer));
});

it('passes no place in silence: who names a kind makes one, or has to answer', () => {
  const name = new RegExp(`'(${modelKinds.join('|')})'`);
  const named = sourceFiles('.')
    .filter(({ path, text }) => !path.startsWith('src/sandbox/') && name.test(text))
    .map(({ path }) => path);
  expect(named).toContain('src/domain/avatar/avatar-model.ts');
  expect(named.filter((path) => ![...mustAnswer, ...makers].includes(path))).toEqual([]);
});

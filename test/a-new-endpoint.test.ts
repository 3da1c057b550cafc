import { expect, it } from 'vitest';
import { endpointIds } from '../src/domain/generation/endpoint-catalogue.js';
import { upscaler } from '../src/domain/generation/order.js';
import { faultyFiles } from './support/compiled-copy.js';
import { sourceFiles } from './support/import-rules.js';

const mustAnswer = [
  'src/adapters/fal/fal-wire.ts',
  'src/adapters/postgres/stores/forgetting.ts',
  'src/domain/generation/endpoint-catalogue.ts',
  'src/domain/generation/order-for.ts',
  'src/domain/generation/order-work.ts',
  'src/domain/generation/order.ts',
];

it('does not compile until every place has answered that decides by it', async () => {
  const faulty = await faultyFiles([
    {
      path: 'src/domain/generation/endpoint-catalogue.ts',
      from: "lora: ['fal-ai/flux-lora'",
      to: "$&, 'fal-ai/later'",
    },
    {
      path: 'src/domain/generation/image-order.ts',
      from: 'export type ImageOrder =',
      to: "$& (OrderBasics & { readonly endpoint: 'fal-ai/later' }) |",
    },
  ]);
  expect(faulty).toEqual(mustAnswer);
});

it('passes no place in silence: who names an endpoint has to answer', () => {
  const name = new RegExp(`'(${[...endpointIds, upscaler].join('|')})'`);
  // What was asked for by name is history in a migration; the check-up asks any endpoint whether the key is good;
  // what fal asks of each is a table, and a test of its own says of whom it knows nothing.
  const others =
    /^src\/(sandbox|adapters\/postgres\/schema\/migrations)\/|image-order|fal-check-up|provider-prices/;
  const named = sourceFiles('.')
    .filter(({ path, text }) => !others.test(path) && name.test(text))
    .map(({ path }) => path);
  expect(named.sort()).toEqual(mustAnswer);
});

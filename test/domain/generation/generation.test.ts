import { describe, expect, it } from 'vitest';
import {
  chargedFor,
  generationStatuses,
  heldFor,
  imagesOrdered,
  inFlightStatuses,
  ledgerReference,
  referenceOf,
} from '../../../src/domain/generation/generation.js';
import { generationId } from '../../../src/domain/ids.js';
import { aGeneration } from '../../support/builders/a-generation.js';
import { anOrder, anUpscaleOrder } from '../../support/builders/an-order.js';

const id = generationId('10000000-0000-4000-8000-000000000000');

describe('what a generation costs', () => {
  it.each([
    [anOrder({ count: 1 }), 1],
    [anOrder({ count: 4 }), 4],
    [anUpscaleOrder(), 1],
  ])('is held for every image ordered', (order, images) => {
    expect(imagesOrdered(order)).toBe(images);
    expect(heldFor(aGeneration({ order, price: 5 }))).toBe(5 * images);
    expect(heldFor(aGeneration({ order, price: 0 }))).toBe(0);
  });

  it.each(['collected', 'delivered'] as const)('is charged for the images that came, once %s', (status) => {
    const order = anOrder({ count: 4 });
    expect(chargedFor(aGeneration({ status, order, price: 5, imageCount: 3, flagged: 1 }))).toBe(15);
  });

  it.each(generationStatuses.filter((status) => status !== 'collected' && status !== 'delivered'))(
    'is nothing while or when it is %s',
    (status) => expect(chargedFor(aGeneration({ status, price: 5 }))).toBe(0),
  );
});

describe('the names of a generation', () => {
  it('differ for each submit in a webhook', () => {
    const first = aGeneration({ status: 'submitting', id, submits: 1 });
    expect(referenceOf(first)).toBe(`generation:${id}:1`);
    expect(referenceOf({ ...first, submits: 2 })).toBe(`generation:${id}:2`);
  });

  it('differ for each run in the ledger, and not for each submit', () => {
    expect(ledgerReference(aGeneration({ id, submits: 7 }))).toBe(`generation:${id}`);
    expect(ledgerReference(aGeneration({ id, run: 2 }))).toBe(`generation:${id}#2`);
  });
});

describe('the states of a generation', () => {
  it('are in flight only where fal may be working', () => {
    expect(inFlightStatuses).toEqual(['submitting', 'submitted']);
    expect(generationStatuses).toEqual(expect.arrayContaining([...inFlightStatuses]));
  });
});

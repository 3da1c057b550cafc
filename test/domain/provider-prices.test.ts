import { describe, expect, it } from 'vitest';
import { endpointIds } from '../../src/domain/generation/endpoint-catalogue.js';
import { type Order, upscaler } from '../../src/domain/generation/order.js';
import { workOf } from '../../src/domain/generation/order-work.js';
import { costOf, priceProblems, pricesWith, usualPrices } from '../../src/domain/provider-prices.js';
import { trainingOrder } from '../../src/domain/training/training-order.js';
import { anOrder } from '../support/builders/an-order.js';

const today = new Date('2026-11-27T10:00:00Z');
const dollars = (order: Parameters<typeof costOf>[0]) => (costOf(order, usualPrices, today) ?? 0) / 1_000_000;

describe('what fal is reckoned to ask', () => {
  it('is known of everything that can be bought', () => {
    const trainers = (['portrait', 'artistic'] as const).map(
      (type) => trainingOrder(type, 'fast', { trigger: 'A', photos: [] }).endpoint,
    );
    const priced = usualPrices.map(({ endpoint }) => endpoint);
    expect([...endpointIds, upscaler, ...trainers].filter((each) => !priced.includes(each))).toEqual([]);
    expect(priceProblems(usualPrices)).toEqual([]);
  });

  it.each([
    [{ imageSize: 'square', count: 1 }, 0.035],
    [{ imageSize: 'square_hd', count: 1 }, 0.035],
    [{ imageSize: 'square_hd', count: 4 }, 0.14],
    [{ imageSize: 'landscape_4_3', count: 2, steps: 50 }, 0.07],
  ] as const)('follows the size and the number of pictures: %j', (changes, expected) => {
    expect(dollars(workOf({ ...anOrder(), ...changes } as Order))).toBeCloseTo(expected, 6);
  });

  it('follows the megapixels that come out of an enlargement', () => {
    const order = { endpoint: upscaler, prompt: '', source: 'key', factor: 2 } as const;
    expect(dollars(workOf(order, { width: 1000, height: 1000 }))).toBeCloseTo(0.12, 6);
    expect(dollars(workOf(order, { width: 2000, height: 2000 }))).toBeCloseTo(0.48, 6);
    expect(costOf(workOf(order), usualPrices, today)).toBeNull();
  });

  it('follows the steps of a training', () => {
    const given = { trigger: 'A', photos: ['a', 'b'] };
    expect(dollars(trainingOrder('portrait', 'balanced', given))).toBeCloseTo(6, 6);
    expect(dollars(trainingOrder('portrait', 'quality', given))).toBeCloseTo(9.6, 6);
    expect(dollars(trainingOrder('artistic', 'fast', given))).toBeCloseTo(2, 6);
  });

  it('is what holds on the day, and before the first day the first one', () => {
    const from = (day: string, price: number) => ({
      ...({ endpoint: 'a/b', unit: 'image', dollars: price, from: day } as const),
    });
    const prices = [from('2026-12-01', 0.3), from('2026-06-01', 0.1), from('2026-09-01', 0.2)];
    const on = (day: string) => costOf({ endpoint: 'a/b', images: 1 }, prices, new Date(`${day}T23:59:59Z`));
    expect(on('2026-05-31')).toBe(100_000);
    expect(on('2026-08-31')).toBe(100_000);
    expect(on('2026-09-01')).toBe(200_000);
    expect(on('2027-01-01')).toBe(300_000);
  });

  it('is not guessed', () => {
    expect(costOf({ endpoint: 'nobody/knows', images: 1 }, usualPrices, today)).toBeNull();
    expect(costOf({ endpoint: 'fal-ai/flux-lora', images: 1 }, usualPrices, today)).toBeNull();
  });

  it("is the operator's where they say it", () => {
    const own = { endpoint: upscaler, unit: 'image', dollars: 0.5, from: '2026-11-01' } as const;
    const prices = pricesWith([own]);
    expect(costOf({ endpoint: upscaler, images: 1, pixels: 9 }, prices, today)).toBe(500_000);
    expect(prices.filter(({ endpoint }) => endpoint === upscaler)).toEqual([own]);
    expect(prices).toHaveLength(usualPrices.length);
  });

  it('names everything that is wrong with a list', () => {
    const wrong = { endpoint: 'x', unit: 'hour', dollars: -1, from: '2026-13-01' };
    expect(priceProblems([wrong as never]).map(({ field }) => field)).toEqual([
      'prices[0].endpoint',
      'prices[0].unit',
      'prices[0].dollars',
      'prices[0].from',
    ]);
    expect(priceProblems([{ ...usualPrices[0], dollars: Number.NaN } as never])).toHaveLength(1);
  });
});

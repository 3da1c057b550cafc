import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeOf, drawnCode, drawnSigns, extraCredits } from '../../../src/domain/payments/promo.js';

const bytes = fc.uint8Array({ minLength: drawnSigns, maxLength: drawnSigns });

describe('a promo code', () => {
  it('is drawn out of ten signs that nobody takes for others, and is meant by itself', () => {
    fc.assert(
      fc.property(bytes, (random) => {
        const code = drawnCode(random);
        expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{10}$/);
        expect(codeOf(code)).toBe(code);
      }),
    );
  });

  it('uses five bits of each byte', () => {
    const byLast = new Set(
      Array.from({ length: 256 }, (_, last) => drawnCode(Uint8Array.from([...Array(9).fill(0), last]))),
    );
    expect(byLast.size).toBe(32);
  });

  it('is the same in any case, with spaces and dashes, and with signs that look alike', () => {
    for (const typed of ['k7m2-q1x0-tv', ' K7M2 QIXO TV ', 'k7m2–qlxotv', 'K7M2QLX0TV'])
      expect(codeOf(typed)).toBe('K7M2Q1X0TV');
  });

  it('cannot be meant by what is no code', () => {
    for (const typed of ['', 'abc', 'a'.repeat(33), 'ПРОМО', 'ab_cd', 'abcd\u0000', 'a;b c d'])
      expect(codeOf(typed)).toBeNull();
  });

  it('puts so many percent on top, and never part of a credit', () => {
    expect(extraCredits(120, 20)).toBe(24);
    expect(extraCredits(59, 20)).toBe(11);
    expect(extraCredits(4, 20)).toBe(0);
    // 29 * 100 / 100 must not come out as 28.999…
    for (let credits = 1; credits < 200; credits++) expect(extraCredits(credits, 100)).toBe(credits);
  });
});

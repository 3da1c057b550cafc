import { describe, expect, it } from 'vitest';
import { byLikeness, isUnlike, likenessOf, likenessTo } from '../../../src/domain/training/likeness.js';
import { aFace } from '../../support/builders/a-face.js';

describe('likeness', () => {
  it.each([
    [1, 'very'],
    [0.55, 'very'],
    [0.549, 'alike'],
    [0.45, 'alike'],
    [0.449, 'less'],
    [0, 'less'],
  ] as const)('of %s is said in a word: %s', (value, word) => {
    expect(likenessOf(value)).toBe(word);
  });

  it('is that to the better half of the photos: one of somebody else does no harm', () => {
    const [ada, bob] = [aFace({ person: 1 }), aFace({ person: 2 })];
    expect(likenessTo([ada, ada, bob], ada)).toBe(1);
    expect(likenessTo([ada, bob, bob, bob], ada)).toBeLessThan(0.65);
    expect(likenessTo([bob, bob], ada)).toBeLessThan(0.4);
  });

  it('is not known without a face, or beside profiles alone', () => {
    expect(likenessTo([aFace()], undefined)).toBeNull();
    expect(likenessTo([], aFace())).toBeNull();
    expect(likenessTo([aFace({ yaw: 38 })], aFace())).toBeNull();
  });

  it('puts the most alike first and what is not known last, each in its order', () => {
    expect(byLikeness([0.2, null, 0.9, 0.2, 0, null])).toEqual([2, 0, 3, 4, 1, 5]);
    expect(byLikeness([null, null, null])).toEqual([0, 1, 2]);
  });

  it.each([
    [['less', 'less', null], true],
    [['less', 'alike'], false],
    [['very'], false],
    [[null, null], false],
    [[undefined], false],
    [[], false],
  ] as const)('of %j is none: %s', (all, unlike) => {
    expect(isUnlike(all.map((likeness) => ({ ...(likeness === undefined ? {} : { likeness }) })))).toBe(
      unlike,
    );
  });
});

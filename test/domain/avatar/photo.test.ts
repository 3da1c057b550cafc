import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeSet, isAlike, mainWarning } from '../../../src/domain/avatar/photo.js';
import { freshTrigger, triggerWord } from '../../../src/domain/avatar/trigger-word.js';
import { finalPromptFor } from '../../../src/domain/generation/prompt.js';
import { aDraftPhoto } from '../../support/builders/a-training.js';

const kept = (count: number) => Array.from({ length: count }, () => aDraftPhoto());

describe('a set of photos', () => {
  it.each([
    [0, [{ code: 'add_more', count: 10 }]],
    [
      9,
      [
        { code: 'add_more', count: 1 },
        { code: 'vary_angles', count: 3 },
      ],
    ],
    [10, [{ code: 'vary_angles', count: 3 }]],
    [20, []],
  ])('of %i says what it lacks', (count, advice) => {
    expect(describeSet(kept(count), 'portrait')).toEqual({
      kept: count,
      warned: 0,
      isEnough: count >= 10,
      advice,
    });
  });

  it('calls a dark photo dark, though nothing in it is sharp or rich in contrast', () => {
    expect(mainWarning(aDraftPhoto({ warnings: ['too_dark', 'flat', 'blurred'] }))).toBe('too_dark');
  });

  it('asks for a word on doubtful ones and does not count them', () => {
    const set = describeSet([...kept(10), aDraftPhoto({ status: 'warned' })], 'artistic');
    expect(set).toEqual({
      kept: 10,
      warned: 1,
      isEnough: true,
      advice: [{ code: 'decide_warned', count: 1 }],
    });
  });

  it('asks for other scenes when many look alike', () => {
    const alike = Array.from({ length: 6 }, () => aDraftPhoto({ fingerprint: '0123456789abcdef' }));
    expect(describeSet([...kept(4), ...alike], 'artistic').advice).toContainEqual({
      code: 'vary_scenes',
      count: 5,
    });
  });

  it('finds fingerprints alike by how many bits differ', () => {
    expect(isAlike('ffffffffffffffff', 'ffffffffffffffc0')).toBe(true);
    expect(isAlike('ffffffffffffffff', 'ffffffffffffff80')).toBe(false);
  });
});

describe('a trigger word', () => {
  const seeds = fc.integer({ min: 0, max: 4_294_967_295 });

  it('is five letters and two digits that no language has', () => {
    fc.assert(fc.property(seeds, (seed) => /^[A-Z]{5}[1-9]\d$/.test(triggerWord(seed))));
  });

  it('is put in front of a prompt that does not have it', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const word = triggerWord(seed);
        expect(finalPromptFor([word], 'on a bridge')).toBe(`${word} on a bridge`);
        expect(finalPromptFor([word], `${word.toLowerCase()} on a bridge`)).toBe(
          `${word.toLowerCase()} on a bridge`,
        );
      }),
    );
  });

  it('is drawn until it is none of those taken', () => {
    const drawn = [7, 7, 8];
    const next = () => drawn.shift() ?? 0;
    expect(freshTrigger(next, [triggerWord(7).toLowerCase(), null])).toBe(triggerWord(8));
  });
});

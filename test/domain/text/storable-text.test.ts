import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { longestText, storable, storableData } from '../../../src/domain/text/storable-text.js';
import { anyLetter } from '../../fixtures/any-letter.js';
import { nastyCases } from '../../fixtures/nasty-strings.js';

const fitsAnywhere = (text: string): boolean =>
  text.length <= longestText && !/[\0\p{Cs}]/u.test(text) && encodeURIComponent(text) !== '';

describe('text that can be stored', () => {
  it.each(nastyCases)('comes of %s', (_name, text) => {
    const kept = storable(text);
    if (kept !== '') expect(fitsAnywhere(kept)).toBe(true);
    if (text.length <= longestText) expect(kept).toHaveLength(text.length);
    else expect(text.startsWith(kept)).toBe(true);
    expect(storable(kept)).toBe(kept);
  });

  it('is what it was when nothing is wrong with it', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyLetter, maxLength: 300 }), (text) => {
        fc.pre(!text.includes('\0'));
        expect(storable(text)).toBe(text);
      }),
    );
  });

  it('comes of everything in a JSON value, and changes nothing but texts', () => {
    const text = fc.oneof(
      fc.string({ unit: anyLetter }),
      fc.constantFrom(...nastyCases.map(([, each]) => each)),
    );
    fc.assert(
      fc.property(fc.jsonValue(), text, (value, odd) => {
        const kept = storableData({ [odd]: [value, odd] });
        const document = JSON.stringify(kept);
        expect(document.replaceAll('\\\\', '')).not.toMatch(/\\u(0000|d[89a-f])/);
        expect(storableData(kept)).toEqual(kept);
      }),
      { numRuns: 200 },
    );
    expect(storableData({ a: [1, 'b', null, true, { c: '' }] })).toEqual({
      a: [1, 'b', null, true, { c: '' }],
    });
  });

  it('takes no prototype from a document', () => {
    const kept = storableData<{ name?: string }>(JSON.parse('{"name":"a","__proto__":{"admin":true}}'));
    expect(Object.keys(kept)).toEqual(['name']);
    expect(Object.assign({}, kept)).not.toHaveProperty('admin');
  });

  it('ends in a document without a bottom', () => {
    const deep: unknown = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
    expect(JSON.stringify(storableData(deep)).length).toBeLessThan(300);
  });
});

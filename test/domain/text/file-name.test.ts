import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fileName } from '../../../src/domain/text/file-name.js';

const facts = { id: '1a2b3c4d-0000-4000-8000-000000000001', createdAt: new Date('2026-11-27T23:59:00Z') };
const named = (prompt?: string) => fileName({ ...facts, prompt }, '.jpg');

it.each([
  ['in a rowing boat', 'in-a-rowing-boat-2026-11-27-1a2b3c4d.jpg'],
  ['в лодке, на рассвете', 'в-лодке-на-рассвете-2026-11-27-1a2b3c4d.jpg'],
  ['../../etc/passwd', 'etc-passwd-2026-11-27-1a2b3c4d.jpg'],
  ['🌊 "waves" & <b>foam</b>\u202egpj.exe', 'waves-b-foam-b-gpj-exe-2026-11-27-1a2b3c4d.jpg'],
  ['🌊', 'aisha-2026-11-27-1a2b3c4d.jpg'],
  [undefined, 'aisha-2026-11-27-1a2b3c4d.jpg'],
])('%s', (prompt, name) => {
  expect(named(prompt)).toBe(name);
});

it('ends with a whole word, or within a word that is too long', () => {
  expect(named('portrait of a lighthouse keeper in a heavy storm at night')).toMatch(
    /^portrait-of-a-lighthouse-keeper-in-a-heavy-storm-2026/,
  );
  expect(named('ж'.repeat(100))).toMatch(/^ж{47}-2026/);
});

it('is safe and fits on a disk, whatever was written', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (prompt) => {
      const name = named(prompt);
      expect(name).toMatch(/^[\p{L}\p{N}\p{M}][\p{L}\p{N}\p{M}.-]*$/u);
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
    }),
  );
});

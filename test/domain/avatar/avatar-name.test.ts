import { expect, test } from 'vitest';
import { checkAvatarName, tidyAvatarName } from '../../../src/domain/avatar/avatar-name.js';
import { fromLegacyRow } from '../../../src/domain/avatar/legacy-avatar.js';
import { checkTrigger } from '../../../src/domain/avatar/trigger-word.js';

test.each([
  ['Ada', []],
  ['  Ada  ', []],
  ['🦊🦊', []],
  // Each of these hearts is two code points: the heart and its variation selector.
  ['❤️'.repeat(25), []],
  ['❤️'.repeat(26), ['too_long']],
  ['🦊'.repeat(50), []],
  ['🦊'.repeat(51), ['too_long']],
  ['🦊', ['too_short']],
  ['', ['required']],
  [' \n ', ['required']],
  [undefined, ['required']],
  [7, ['malformed']],
  ['a\0b', ['malformed']],
  ['a\u0007b', ['malformed']],
  ['a\ud800b', ['malformed']],
])('of the name %j is said: %j', (name, codes) => {
  expect(checkAvatarName(name).map(({ code }) => code)).toEqual(codes);
});

test('a name is one line', () => {
  expect(tidyAvatarName(' Grace \n\t Hopper ')).toBe('Grace Hopper');
});

test('an imported name is judged by the same rule', () => {
  const row = (name: string) => ({
    id: 1,
    telegram_id: 1001,
    name,
    training_type: 'style',
    status: 'completed',
    finetune_id: 'ft-1',
  });
  expect(fromLegacyRow(row('🦊'.repeat(50)))).toMatchObject({ kind: 'avatar' });
  expect(fromLegacyRow(row('Ada\n Lovelace'))).toMatchObject({ name: 'Ada Lovelace' });
  expect(fromLegacyRow(row('🦊'.repeat(51)))).toMatchObject({
    kind: 'skipped',
    reason: expect.stringMatching(/name .* is too long/),
  });
});

test.each([
  ['🦊'.repeat(100), []],
  ['🦊'.repeat(101), ['too_long']],
  ['a\0b', ['malformed']],
  [' ', []],
  [undefined, []],
])('of the trigger %j is said: %j', (trigger, codes) => {
  expect(checkTrigger(trigger).map(({ code }) => code)).toEqual(codes);
});

test('a name that is too long is shown without half a family', () => {
  const [problem] = checkAvatarName('👨‍👩‍👧‍👦'.repeat(30));
  expect(problem?.received).toBe(`${'👨‍👩‍👧‍👦'.repeat(5)}…`);
});

import { expect, test } from 'vitest';
import { Vitals } from '../../src/composition/vitals.js';

test('an embedded database that stays away for a minute is beyond recovery; one that comes back is not', async () => {
  let now = 0;
  let isThere = true;
  const vitals = new Vitals({
    parts: [],
    ownDatabase: async () => {
      if (!isThere) throw new Error('ECONNREFUSED');
    },
    milliseconds: () => now,
  });
  expect(await vitals.beyondRecovery()).toEqual([]);
  isThere = false;
  expect(await vitals.beyondRecovery()).toEqual([]);
  now += 59_000;
  expect(await vitals.beyondRecovery()).toEqual([]);
  isThere = true;
  expect(await vitals.beyondRecovery()).toEqual([]);
  isThere = false;
  now += 59_000;
  expect(await vitals.beyondRecovery()).toEqual([]);
  now += 60_000;
  expect(await vitals.beyondRecovery()).toEqual([expect.stringContaining('embedded database has ended')]);
});

test('every part is asked, and a database of somebody else is none of them', async () => {
  const parts = [() => 'the worker stands still', () => null];
  const vitals = new Vitals({ parts, ownDatabase: null, milliseconds: () => 0 });
  expect(await vitals.beyondRecovery()).toEqual(['the worker stands still']);
});

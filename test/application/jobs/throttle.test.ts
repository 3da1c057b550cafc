import { expect, it } from 'vitest';
import { Throttle } from '../../../src/application/jobs/throttle.js';
import { longAgo, secondsLater } from '../../support/builders/ids.js';

it('is over after its time, and at once when the clock was set back', () => {
  const throttle = new Throttle(60_000);
  const at = (seconds: number) => throttle.isOver(secondsLater(seconds));
  expect([throttle.isOver(longAgo), at(59), at(60), at(61)]).toEqual([true, false, true, false]);
  expect([at(1_000_000), at(62), at(63), at(122)]).toEqual([true, true, false, true]);
});

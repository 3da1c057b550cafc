import { beforeAll, expect, test } from 'vitest';
import { FaultScript } from '../../../src/sandbox/fal/faults/fault-script.js';
import { NextPicture } from '../../../src/sandbox/fal/faults/next-picture.js';

let script: FaultScript;
let next: NextPicture;
beforeAll(() => {
  script = new FaultScript();
  next = new NextPicture(script);
});

test('one picture meets what was chosen, and from then on nothing is chosen', () => {
  expect(next.chosen).toBeNull();
  next.choose('fails');
  next.choose('slow');
  expect(next.chosen).toBe('slow');
  expect(script.strike('job', { work: 'training' })).toBeUndefined();
  expect(next.chosen).toBe('slow');
  expect(script.strike('job', { work: 'image' })).toMatchObject({ kind: 'slow' });
  expect(next.chosen).toBeNull();
  expect(script.strike('job', { work: 'image' })).toBeUndefined();
});

test('a choice is taken back, and what is none is refused', () => {
  next.choose('withheld');
  next.choose(null);
  expect(next.chosen).toBeNull();
  expect(script.strike('job', { work: 'image' })).toBeUndefined();
  expect(() => next.choose('everything')).toThrow('no fault');
});

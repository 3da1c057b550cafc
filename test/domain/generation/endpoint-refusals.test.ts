import { describe, expect, it } from 'vitest';
import { standInFor } from '../../../src/domain/generation/endpoint-catalogue.js';
import {
  isGone,
  nextTryOf,
  type Retirement,
  retirement,
} from '../../../src/domain/generation/endpoint-refusals.js';
import { longAgo } from '../../support/builders/ids.js';

const at = (seconds: number) => new Date(longAgo.getTime() + seconds * 1000);
const refusals = { ofJob: 1, since: longAgo, inARow: 1, inARowSince: longAgo, jobs: 1 };

describe('a verdict over an endpoint', () => {
  it.each([
    [{ jobs: 2, inARow: 9 }, 599, false],
    [{ jobs: 3, inARow: 1 }, 0, true],
    [{ jobs: 1, inARow: 4 }, 3600, false],
    [{ jobs: 1, inARow: 5 }, 599, false],
    [{ jobs: 1, inARow: 5 }, 600, true],
  ])('%j after %i s: %s', (seen, seconds, gone) => {
    expect(isGone({ ...refusals, ...seen }, at(seconds))).toBe(gone);
  });

  it('is tried again after five minutes, then less and less often, up to an hour', () => {
    let current: Retirement | null = null;
    const pauses = [];
    for (let now = longAgo; pauses.length < 7; now = current.nextTryAt) {
      current = retirement(current, now);
      pauses.push((current.nextTryAt.getTime() - now.getTime()) / 60_000);
    }
    expect(pauses).toEqual([5, 10, 20, 40, 60, 60, 60]);
    expect(current?.since).toEqual(longAgo);
  });

  it('stays as it is when a job that waits is refused before its next try', () => {
    const verdict = retirement(null, longAgo);
    expect(retirement(verdict, at(299))).toBe(verdict);
  });
});

it('a refused job is tried again soon, then every five minutes, the last time after half an hour', () => {
  const tries = [];
  let now: Date | null = longAgo;
  for (let ofJob = 1; now !== null; ofJob += 1) {
    now = nextTryOf({ ofJob, since: longAgo }, now);
    if (now !== null) tries.push((now.getTime() - longAgo.getTime()) / 1000);
  }
  expect(tries).toEqual([2, 32, 152, 392, 692, 992, 1292, 1592, 1800]);
});

it('the work of a retired endpoint is done by another one that is not retired, if any can', () => {
  const [standard, ultra] = ['fal-ai/flux-pro/finetuned', 'fal-ai/flux-pro/v1.1-ultra-finetuned'];
  expect(standInFor(standard, new Set([standard]))).toBe(ultra);
  expect(standInFor(standard, new Set([standard, ultra]))).toBeNull();
  for (const endpoint of ['fal-ai/flux-lora', 'fal-ai/clarity-upscaler'])
    expect(standInFor(endpoint, new Set([endpoint]))).toBeNull();
});

import { getEventListeners } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { withDeadline as ours } from '../src/application/policy/with-deadline.js';
import { withDeadline as ofTheSandbox } from '../src/sandbox/with-deadline.js';
import { sourceFiles } from './support/import-rules.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Waits for nothing but its end. */
const idle = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

describe.each([
  ['the program’s', ours],
  ['the sandbox’s', ofTheSandbox],
])('a deadline, %s', (_, withDeadline) => {
  it('comes, also when memory is tidied meanwhile', async () => {
    const stopped = new AbortController();
    const waiting = withDeadline(200, stopped.signal, idle);
    // What was made in this turn of the loop is kept for the rest of it.
    await setImmediate();
    collectGarbage();
    await expect(waiting).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(getEventListeners(stopped.signal, 'abort')).toEqual([]);
  });

  it('comes early when all is stopped, for that reason', async () => {
    const stopped = new AbortController();
    const waiting = withDeadline(1_000_000, stopped.signal, idle);
    stopped.abort(new Error('the process stops'));
    await expect(waiting).rejects.toThrow('the process stops');
    await expect(withDeadline(1_000_000, stopped.signal, idle)).rejects.toThrow('the process stops');
  });

  it('is over with the work', async () => {
    const stopped = new AbortController();
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timers();
    expect(await withDeadline(1_000_000, stopped.signal, async () => 'done')).toBe('done');
    await expect(
      withDeadline(1_000_000, stopped.signal, () => Promise.reject(new Error('failed'))),
    ).rejects.toThrow('failed');
    expect([timers(), getEventListeners(stopped.signal, 'abort')]).toEqual([before, []]);
  });
});

it('is the only way to join a deadline with another end', () => {
  const joined = sourceFiles(process.cwd())
    .filter(({ text }) => /^(?!\s*(\*|\/\/)).*AbortSignal\.any\(/m.test(text))
    .map(({ path }) => path);
  expect(joined).toEqual([]);
});

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ProgressLine } from '../../../src/adapters/cli/progress-line.js';

beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => void vi.useRealTimers());

function aLine(isTerminal: boolean) {
  const said: string[] = [];
  return {
    said,
    line: new ProgressLine({ isTerminal, err: (text) => said.push(text) }, { typical: 25, slow: 35 }),
  };
}

test('elsewhere than on a terminal each change is a plain line', () => {
  const { said, line } = aLine(false);
  line.show({ phase: 'queued', position: 2 });
  line.show({ phase: 'queued', position: null });
  line.show({ phase: 'running', position: null });
  line.show({ phase: 'downloading', position: null });
  vi.advanceTimersByTime(60_000);
  line.end();
  expect(said).toEqual(['queued, place 3\n', 'queued\n', 'running\n', 'downloading\n']);
});

test('on a terminal one bar follows the clock, never full before it is done, and goes away', () => {
  const { said, line } = aLine(true);
  line.show({ phase: 'queued', position: 0 });
  expect(said.at(-1)).toMatch(/░{24} queued, place 1 · 0 s$/);
  line.show({ phase: 'running', position: null });
  vi.advanceTimersByTime(15_000);
  expect(said.at(-1)).toMatch(/^\r\S+█+░+ running · 15 s$/);
  vi.advanceTimersByTime(600_000);
  expect(said.at(-1)).toContain('░ running');
  line.end();
  expect(said.at(-1)).toBe('\r\x1b[K');
  const count = said.length;
  vi.advanceTimersByTime(1000);
  expect(said).toHaveLength(count);
});

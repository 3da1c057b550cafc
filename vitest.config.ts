import { defineConfig } from 'vitest/config';
import { LongFirst } from './test/support/long-first.js';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/browser/**'],
    globalSetup: ['test/support/global-postgres.ts'],
    setupFiles: ['test/support/equal-bytes.ts'],
    sequence: { sequencer: LongFirst },
    // Only what never comes is waited for so long: a busy machine makes no test red. None has a patience of its own.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 60_000 } },
    pool: 'forks',
    // Most of a test's time is waiting for servers; files share what they import, because loading it takes longer
    // than many of them run.
    maxWorkers: 6,
    isolate: false,
  },
});

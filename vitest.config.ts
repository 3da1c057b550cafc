import { defineConfig } from 'vitest/config';
import { LongFirst } from './test/support/long-first.js';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/browser/**'],
    globalSetup: ['test/support/global-postgres.ts'],
    sequence: { sequencer: LongFirst },
    testTimeout: 20_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
    pool: 'forks',
    // Most of a test's time is waiting for servers; files share what they import, because loading it takes longer
    // than many of them run.
    maxWorkers: 4,
    isolate: false,
    // On a loaded machine a server on loopback can be slower than a test's patience. Never here, only in CI.
    retry: process.env.CI === undefined ? 0 : 2,
  },
});

import { defineConfig } from 'vitest/config';

/** Tests that need a Chromium: `npx vitest run --config test/adapters/sandbox/telegram/browser.vitest.config.ts`. */
export default defineConfig({
  test: {
    include: ['test/adapters/sandbox/telegram/**/*.browser.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    fileParallelism: false,
  },
});

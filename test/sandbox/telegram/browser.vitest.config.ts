import { defineConfig } from 'vitest/config';

/** The web chat alone; needs a Chromium: `npx vitest run --config test/sandbox/telegram/browser.vitest.config.ts`. */
export default defineConfig({
  test: {
    include: ['test/sandbox/telegram/**/*.browser.ts'],
    globalSetup: ['test/browser/find-chromium.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    fileParallelism: false,
    retry: process.env.CI === undefined ? 0 : 2,
  },
});

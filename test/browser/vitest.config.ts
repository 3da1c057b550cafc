import { defineConfig } from 'vitest/config';

/** Stories of the whole product; they need its build and a Chromium: `npm run test:browser`. */
export default defineConfig({
  test: {
    include: ['test/browser/**/*.browser.ts'],
    globalSetup: ['test/browser/find-chromium.ts'],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    fileParallelism: false,
    retry: process.env.CI === undefined ? 0 : 2,
  },
});

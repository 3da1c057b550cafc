import { accessSync, constants } from 'node:fs';
import { chromiumPath } from '../sandbox/telegram/a-browser.js';

/** Says before any test what is missing, instead of letting each of them fail. */
export function setup(): void {
  try {
    accessSync(chromiumPath, constants.X_OK);
  } catch {
    throw new Error(
      `No Chromium at ${chromiumPath}. Install one (Debian: apt-get install chromium), or name one: CHROMIUM=/path/to/chrome npm run test:browser`,
    );
  }
}

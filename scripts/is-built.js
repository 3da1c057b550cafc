import { existsSync } from 'node:fs';

// `npm ci --ignore-scripts` builds nothing, and Node would only say that it cannot find a module.
if (!existsSync('dist/main.js')) {
  console.error('There is no build (dist/main.js). Run `npm run build`, then start again.');
  process.exit(1);
}

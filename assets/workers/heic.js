/**
 * Decodes HEIC photos, one at a time, in a thread of its own: it takes 100 ms and more, and whatever a broken file
 * does to the decoder ends with the thread. Plain JavaScript, since it is started as a file from sources and bundle.
 */
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';

const { library, mostPixels, mostBytes, keptSide } = workerData;

// libheif writes about each file that it cannot read.
for (const kind of ['log', 'warn', 'error']) console[kind] = () => undefined;

/** A file can claim to be small and be large: what its pixels may take is limited where they are put. */
const grow = WebAssembly.Memory.prototype.grow;
let isFull = false;
WebAssembly.Memory.prototype.grow = function growAtMost(pages) {
  isFull ||= this.buffer.byteLength + pages * 65_536 > mostBytes;
  if (isFull) throw new RangeError('the picture takes more memory than it may');
  return grow.call(this, pages);
};

const libheif = createRequire(import.meta.url)(`${library}/wasm-bundle`);

parentPort.on('message', async ({ file, profile }) => {
  try {
    const answer = await decoded(file, profile);
    if (answer.picture === undefined) return parentPort.postMessage(answer);
    // In memory of our own, which is handed over: sharp's may be shared with others, and Node 26 refuses to hand it over.
    const picture = new Uint8Array(answer.picture);
    parentPort.postMessage({ ...answer, picture }, [picture.buffer]);
  } catch {
    parentPort.postMessage({ refused: isFull ? 'too_costly' : 'damaged' });
  }
});

async function decoded(file, profile) {
  const decoder = new libheif.HeifDecoder();
  // The first picture need not be the one that the file is of.
  const pictures = decoder.decode(file);
  const main = pictures.find((picture) => picture.is_primary());
  if (main === undefined) return { refused: 'damaged' };
  const size = { width: main.get_width(), height: main.get_height() };
  if (size.width * size.height > mostPixels) return { refused: 'too_many_pixels' };
  const picture = await shrunk(main, profile);
  for (const each of pictures) each.free();
  libheif.heif_context_free(decoder.decoder);
  return { ...size, picture };
}

/** A PNG, turned upright by libheif, at most `keptSide` long. The pixels are never copied at full size. */
async function shrunk(main, profile) {
  const channels = main.has_alpha_channel() ? 4 : 3;
  const { heif_chroma_interleaved_RGBA: rgba, heif_chroma_interleaved_RGB: rgb } = libheif.heif_chroma;
  const result = await libheif.heif_js_decode_image2(
    main.handle,
    libheif.heif_colorspace.heif_colorspace_RGB,
    channels === 4 ? rgba : rgb,
  );
  const plane = result.channels?.find(({ id }) => id === libheif.heif_channel.heif_channel_interleaved);
  if (plane === undefined || !isWhole(result.image)) throw new Error('not decoded');
  const { data, width, height, stride } = plane;
  const row = width * channels;
  for (let y = 1; stride !== row && y < height; y += 1)
    data.copyWithin(y * row, y * stride, y * stride + row);
  const png = await sharp(data.subarray(0, row * height), { raw: { width, height, channels } })
    .resize(keptSide, keptSide, { fit: 'inside', withoutEnlargement: true })
    .png({ compressionLevel: 1 })
    .toBuffer();
  libheif.heif_image_release(result.image);
  return profile === null ? png : withProfile(png, profile);
}

/**
 * What could not be decoded is left out of the picture and only warned of: a grid with a hole. Other warnings are of
 * no harm. The list is asked for in C's own way, since nothing else gives it.
 */
function isWhole(image) {
  const most = 100;
  const [errorBytes, partUnreadable] = [12, 7];
  const list = libheif._malloc(most * errorBytes);
  const count = libheif._heif_image_get_decoding_warnings(image.$$.ptr, 0, list, most);
  const memory = new DataView(libheif.HEAPU8.buffer);
  const codes = Array.from({ length: count }, (_, nth) => memory.getInt32(list + nth * errorBytes, true));
  libheif._free(list);
  return !codes.includes(partUnreadable);
}

/** The colour profile stands right after the header, which is 33 bytes long. */
function withProfile(png, profile) {
  const name = Buffer.from('iCCPicc\0\0', 'latin1');
  const body = Buffer.concat([name, deflateSync(profile)]);
  const chunk = Buffer.alloc(body.byteLength + 8);
  chunk.writeUInt32BE(body.byteLength - 4, 0);
  chunk.set(body, 4);
  chunk.writeUInt32BE(crc32(body), body.byteLength + 4);
  return Buffer.concat([png.subarray(0, 33), chunk, png.subarray(33)]);
}

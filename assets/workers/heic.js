/**
 * Decodes HEIC photos, one at a time, in a thread of its own: it takes 100 ms and more, and whatever a broken file
 * does to the decoder ends with the thread. Plain JavaScript, since it is started as a file from sources and bundle.
 */
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import sharp from 'sharp';

const { library, mostPixels, mostBytes, keptSide, keptQuality } = workerData;

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
    const answer = await answerTo(file, profile);
    parentPort.postMessage(answer, answer.picture === undefined ? [] : [answer.picture.buffer]);
  } catch {
    parentPort.postMessage({ refused: isFull ? 'too_costly' : 'damaged' });
  }
});

async function answerTo(file, profile) {
  const decoder = new libheif.HeifDecoder();
  // The first picture need not be the one that the file is of.
  const pictures = decoder.decode(file);
  const main = pictures.find((picture) => picture.is_primary());
  if (main === undefined) return { refused: 'damaged' };
  const size = { width: main.get_width(), height: main.get_height() };
  if (size.width * size.height > mostPixels) return { refused: 'too_many_pixels' };
  const picture = await shrunk(decoder.decoder, main, profile);
  for (const each of pictures) each.free();
  libheif.heif_context_free(decoder.decoder);
  return { ...size, picture };
}

/**
 * What is kept of a photo: a JPEG, upright and at most `keptSide` long, in the colours of a screen. It is shrunk first:
 * turning colours takes a fifth of a second for 12 megapixels.
 */
async function shrunk(decoder, main, profile) {
  const { tiff, turns, isMirrored } = pixelsOf(decoder.$$.ptr, main, profile);
  const small = await sharp(tiff, { limitInputPixels: false, ignoreIcc: true })
    .resize(keptSide, keptSide, { fit: 'inside', withoutEnlargement: true })
    .keepIccProfile()
    .tiff({ compression: 'none' })
    .toBuffer();
  const jpeg = await sharp(small)
    .flop(isMirrored)
    .rotate(turns * -90)
    .flatten({ background: 'white' })
    .toColourspace('srgb')
    .jpeg({ quality: keptQuality })
    .toBuffer();
  // In memory of our own, which is handed over: sharp's may be shared with others, and Node 26 refuses to hand it over.
  return new Uint8Array(jpeg);
}

/** The last photo: the next one, mostly of the same camera, is laid over it. */
let room = new Uint8Array(0);

/**
 * A phone's photo is a grid of tiles. They are decoded one after the other and laid side by side here, as they are
 * stored: decoded at once they would be held twice and more, as they are stored, turned and as RGB.
 */
function pixelsOf(context, main, profile) {
  const handle = main.handle.$$.ptr;
  const channels = main.has_alpha_channel() ? 4 : 3;
  const stored = channels === 4 ? null : turnsOf(context, libheif._heif_image_handle_get_item_id(handle));
  const whole = { columns: 1, rows: 1, tileWidth: main.get_width(), tileHeight: main.get_height() };
  const grid =
    stored === null ? { ...whole, width: whole.tileWidth, height: whole.tileHeight } : gridOf(handle);
  const { width, height, columns, rows } = grid;
  const header = tiffHeader({ width, height, channels, profile });
  const size = header.byteLength + width * height * channels;
  if (room.byteLength < size) room = new Uint8Array(size);
  room.set(header);
  const tiff = room.subarray(0, size);
  const picture = { data: tiff.subarray(header.byteLength), width, height, channels };
  // More tiles than are shown are allowed.
  for (let y = 0; y * grid.tileHeight < height; y += 1)
    for (let x = 0; x * grid.tileWidth < width; x += 1) {
      const place = columns * rows === 1 ? null : [x, y];
      const tile = decoded(handle, { channels, isUpright: stored === null, place });
      lay(tile, { left: x * grid.tileWidth, top: y * grid.tileHeight, ...grid }, picture);
      libheif._heif_image_release(tile);
    }
  return { tiff, ...(stored ?? { turns: 0, isMirrored: false }) };
}

/** As it is stored; one of one tile where the photo is whole. */
function gridOf(handle) {
  const width = libheif._heif_image_handle_get_ispe_width(handle);
  const height = libheif._heif_image_handle_get_ispe_height(handle);
  return withMemory(80, (tiling) => {
    const asStored = 0;
    throwIfFailed((error) => libheif._heif_image_handle_get_image_tiling(error, handle, asStored, tiling));
    const field = (nth) => memory().getUint32(tiling + 4 * nth, true);
    const [columns, rows, tileWidth, tileHeight, across, down] = [1, 2, 3, 4, 5, 6].map(field);
    if (columns * rows === 1) return { columns, rows, tileWidth: width, tileHeight: height, width, height };
    // A file can call itself smaller than its grid.
    if (across !== width || down !== height) throw new Error('not decoded');
    return { columns, rows, tileWidth, tileHeight, width, height };
  });
}

/** A mirror from left to right, then quarter turns against the clock; `null` if the picture is cut out of a larger one as well. */
function turnsOf(context, item) {
  const most = 100;
  const properties = withMemory(most * 4, (list) => {
    const count = libheif._heif_item_get_transformation_properties(context, item, list, most);
    return Array.from({ length: count }, (_, nth) => memory().getUint32(list + 4 * nth, true));
  });
  let [turns, isMirrored] = [0, false];
  for (const property of properties) {
    switch (libheif._heif_item_get_property_type(context, item, property)) {
      case fourLetters('irot'):
        turns += libheif._heif_item_get_property_transform_rotation_ccw(context, item, property) / 90;
        break;
      case fourLetters('imir'): {
        const topToBottom = 0;
        const axis = libheif._heif_item_get_property_transform_mirror(context, item, property);
        // From top to bottom is the same as from left to right and half a turn.
        turns = (axis === topToBottom ? 2 : 0) - turns;
        isMirrored = !isMirrored;
        break;
      }
      default:
        return null;
    }
  }
  return { turns, isMirrored };
}

const fourLetters = (word) => Buffer.from(word, 'latin1').readInt32BE();

/** The address of an image of interleaved colours, eight bits each: of the tile in this place, or of the whole picture (`null`). */
function decoded(handle, { channels, isUpright, place }) {
  const { heif_chroma_interleaved_RGBA: rgba, heif_chroma_interleaved_RGB: rgb } = libheif.heif_chroma;
  const what = [libheif.heif_colorspace.heif_colorspace_RGB.value, (channels === 4 ? rgba : rgb).value];
  // Where these two bytes lie stands in libheif's header file.
  const options = libheif._heif_decoding_options_alloc();
  libheif.HEAPU8[options + 1] = isUpright ? 0 : 1; // ignore_transformations
  libheif.HEAPU8[options + 20] = 1; // convert_hdr_to_8bit
  try {
    return withMemory(4, (out) => {
      throwIfFailed((error) =>
        place === null
          ? libheif._heif_decode_image(error, handle, out, ...what, options)
          : libheif._heif_image_handle_decode_image_tile(error, handle, out, ...what, options, ...place),
      );
      const image = memory().getUint32(out, true);
      if (!isWhole(image)) throw new Error('not decoded');
      return image;
    });
  } finally {
    libheif._heif_decoding_options_free(options);
  }
}

/** Copies what of a tile is within the picture. */
function lay(tile, { left, top, tileWidth, tileHeight }, { data, width, height, channels }) {
  const interleaved = libheif.heif_channel.heif_channel_interleaved.value;
  const [across, down] = [
    libheif._heif_image_get_width(tile, interleaved),
    libheif._heif_image_get_height(tile, interleaved),
  ];
  if (across !== tileWidth || down !== tileHeight) throw new Error('not decoded');
  const [from, stride] = withMemory(4, (out) => [
    libheif._heif_image_get_plane_readonly(tile, interleaved, out),
    memory().getInt32(out, true),
  ]);
  const shown = Math.min(tileWidth, width - left) * channels;
  for (let y = 0; y < Math.min(tileHeight, height - top); y += 1) {
    const row = from + y * stride;
    data.set(libheif.HEAPU8.subarray(row, row + shown), ((top + y) * width + left) * channels);
  }
}

const memory = () => new DataView(libheif.HEAPU8.buffer);

function withMemory(bytes, use) {
  const address = libheif._malloc(bytes);
  try {
    return use(address);
  } finally {
    libheif._free(address);
  }
}

/** C's functions put their error where they are told: a code, a finer code and a text. */
function throwIfFailed(call) {
  withMemory(12, (error) => {
    call(error);
    if (memory().getInt32(error, true) !== 0) throw new Error('not decoded');
  });
}

/**
 * What could not be decoded is left out of the picture and only warned of: a grid with a hole. Other warnings are of
 * no harm. The list is asked for in C's own way, since nothing else gives it.
 */
function isWhole(image) {
  const most = 100;
  const [errorBytes, partUnreadable] = [12, 7];
  return withMemory(most * errorBytes, (list) => {
    const count = libheif._heif_image_get_decoding_warnings(image, 0, list, most);
    return !Array.from({ length: count }, (_, nth) =>
      memory().getInt32(list + nth * errorBytes, true),
    ).includes(partUnreadable);
  });
}

/**
 * What stands before plain pixels to make a picture with a colour profile of them, which pixels alone cannot have.
 * TIFF 6.0, section 2: a list of fields by tag, each with its type (3: 16 bits, 4: 32 bits, 7: bytes), count and value.
 */
function tiffHeader({ width, height, channels, profile }) {
  const [short, long, bytes] = [3, 4, 7];
  const icc = profile ?? new Uint8Array(0);
  // Room for the most fields that there are.
  const depths = 10 + 12 * 12 + 4;
  const pixels = depths + 8 + icc.byteLength;
  const list = [
    [256, long, 1, width],
    [257, long, 1, height],
    [258, short, channels, depths],
    [259, short, 1, 1], // not compressed
    [262, short, 1, 2], // RGB
    [273, long, 1, pixels],
    [277, short, 1, channels],
    [278, long, 1, height], // all rows in one strip
    [279, long, 1, width * height * channels],
    [284, short, 1, 1], // colours side by side
    ...(channels === 4 ? [[338, short, 1, 2]] : []), // the fourth is how opaque it is
    ...(profile === null ? [] : [[34675, bytes, icc.byteLength, depths + 8]]),
  ];
  const header = Buffer.alloc(pixels);
  header.write('II*\0', 'latin1');
  header.writeUInt32LE(8, 4);
  header.writeUInt16LE(list.length, 8);
  for (const [nth, [tag, type, count, value]] of list.entries()) {
    const field = 10 + nth * 12;
    header.writeUInt16LE(tag, field);
    header.writeUInt16LE(type, field + 2);
    header.writeUInt32LE(count, field + 4);
    header.writeUInt32LE(value, field + 8);
  }
  for (let channel = 0; channel < channels; channel += 1) header.writeUInt16LE(8, depths + 2 * channel);
  header.set(icc, depths + 8);
  return header;
}

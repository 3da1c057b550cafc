/** What pictures of a HEIF file are coded as: phones write HEVC ("HEIC"), AV1 is "AVIF". */
export type HeifKind = 'heic' | 'avif';

const avifBrands: readonly string[] = ['avif', 'avis'];
const heicBrands: readonly string[] = [
  ...['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs', 'mif1', 'mif2', 'msf1'],
];

/** No file names more brands than fit in here. */
const mostBrandBytes = 256;
/** Beside one another; a phone's photo has some hundred properties. */
const mostBoxes = 4096;

/** By the brands that the file names in its first box: only one of them need be known. */
export function heifKind(file: Uint8Array): HeifKind | null {
  if (fourLetters(file, 4) !== 'ftyp') return null;
  const end = Math.min(number(file, 0, 4), mostBrandBytes, file.length);
  const brands = [fourLetters(file, 8)];
  for (let at = 16; at + 4 <= end; at += 4) brands.push(fourLetters(file, at));
  if (brands.some((brand) => avifBrands.includes(brand))) return 'avif';
  return brands.some((brand) => heicBrands.includes(brand)) ? 'heic' : null;
}

interface Box {
  readonly type: string;
  /** Its content: from here, up to there. */
  readonly from: number;
  readonly to: number;
}

/**
 * The ICC profile of the picture that the file is of; `null` when it names none. Phones write colours in one of their
 * own (Display P3): without it they come out pale.
 */
export function colourProfileOf(file: Uint8Array): Uint8Array | null {
  const meta = boxes(file, 0, file.length).find(({ type }) => type === 'meta');
  if (meta === undefined) return null;
  const inMeta = boxes(file, meta.from + 4, meta.to);
  const main = inMeta.find(({ type }) => type === 'pitm');
  const properties = inMeta.find(({ type }) => type === 'iprp');
  if (main === undefined || properties === undefined) return null;
  const item = number(file, main.from + 4, file[main.from] === 0 ? 2 : 4);
  const inProperties = boxes(file, properties.from, properties.to);
  const container = inProperties.find(({ type }) => type === 'ipco');
  if (container === undefined) return null;
  const all = boxes(file, container.from, container.to);
  const own = inProperties
    .filter(({ type }) => type === 'ipma')
    .flatMap((box) => propertiesOf(file, box, item))
    .map((index) => all[index - 1]);
  const profile = own.find(
    (box) => box?.type === 'colr' && ['prof', 'rICC'].includes(fourLetters(file, box.from)),
  );
  return profile === undefined ? null : file.subarray(profile.from + 4, profile.to);
}

/** Which properties, counted from 1, belong to an item: a list of items, each with a list of numbers. */
function propertiesOf(file: Uint8Array, { from, to }: Box, item: number): number[] {
  const idBytes = file[from] === 0 ? 2 : 4;
  const indexBytes = ((file[from + 3] ?? 0) & 1) === 1 ? 2 : 1;
  // The highest bit says that a reader has to know the property.
  const mask = indexBytes === 2 ? 0x7fff : 0x7f;
  for (let at = from + 8; at + idBytes < to; ) {
    const id = number(file, at, idBytes);
    const count = file[at + idBytes] ?? 0;
    at += idBytes + 1;
    if (id === item)
      return Array.from(
        { length: count },
        (_, nth) => number(file, at + nth * indexBytes, indexBytes) & mask,
      );
    at += count * indexBytes;
  }
  return [];
}

/** The boxes between two places; what claims to be longer ends there. */
function boxes(file: Uint8Array, start: number, end: number): Box[] {
  const found: Box[] = [];
  for (let at = start; at + 8 <= end && found.length < mostBoxes; ) {
    const short = number(file, at, 4);
    const head = short === 1 ? 16 : 8;
    const length = short === 0 ? end - at : short === 1 ? number(file, at + 8, 8) : short;
    if (length < head) break;
    const to = Math.min(at + length, end);
    found.push({ type: fourLetters(file, at + 4), from: at + head, to });
    at = to;
  }
  return found;
}

/** Big-endian; what is beyond the end counts as 0. */
function number(file: Uint8Array, at: number, bytes: number): number {
  let value = 0;
  for (let place = at; place < at + bytes; place += 1) value = value * 256 + (file[place] ?? 0);
  return value;
}

const fourLetters = (file: Uint8Array, at: number): string =>
  String.fromCharCode(...file.subarray(at, at + 4));

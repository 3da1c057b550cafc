/**
 * Writes HEIF files as phones do, which no encoder here can: a grid of tiles with thumbnail, depth and gain map. The
 * coded pictures in it come from files that Debian's `heif-enc` made.
 */
export interface HeifItem {
  readonly type: 'hvc1' | 'grid' | 'Exif' | 'mime' | 'tmap';
  /** Items that hold the very same buffer share its bytes. */
  readonly data: Buffer;
  readonly isHidden?: boolean;
  /** Whole boxes. */
  readonly properties?: readonly Buffer[];
}

export interface HeifParts {
  /** Their numbers are their places, counted from 1. */
  readonly items: readonly HeifItem[];
  readonly primary: number;
  readonly references?: ReadonlyArray<{
    readonly type: string;
    readonly from: number;
    readonly to: number[];
  }>;
  readonly brands?: readonly string[];
}

const essential = new Set(['clap', 'hvcC', 'irot', 'imir']);

const bytes = (size: 1 | 2 | 4, ...values: number[]): Buffer => {
  const buffer = Buffer.alloc(size * values.length);
  values.forEach((value, index) => {
    buffer.writeUIntBE(value, index * size, size);
  });
  return buffer;
};

export const box = (type: string, ...content: Buffer[]): Buffer => {
  const body = Buffer.concat(content);
  return Buffer.concat([bytes(4, body.length + 8), Buffer.from(type, 'latin1'), body]);
};

const fullBox = (type: string, version: number, flags: number, ...content: Buffer[]): Buffer =>
  box(type, bytes(4, version * 2 ** 24 + flags), ...content);

const text = (value: string): Buffer => Buffer.from(`${value}\0`, 'latin1');

export const heifProperties = {
  size: (width: number, height: number) => fullBox('ispe', 0, 0, bytes(4, width, height)),
  /** Quarter turns against the clock. */
  rotation: (turns: number) => box('irot', bytes(1, turns)),
  mirror: (axis: 0 | 1) => box('imir', bytes(1, axis)),
  /** So much of its middle is shown. */
  middle: (width: number, height: number) => box('clap', bytes(4, width, 1, height, 1, 0, 1, 0, 1)),
  profile: (icc: Buffer) => box('colr', Buffer.from('prof'), icc),
  auxiliary: (urn: string) => fullBox('auxC', 0, 0, text(urn)),
};

/** What a grid consists of, and how much of it is shown. */
export const gridOf = (columns: number, rows: number, width: number, height: number): Buffer =>
  Buffer.concat([bytes(1, 0, 0, rows - 1, columns - 1), bytes(2, width, height)]);

export function heifFile({ items, primary, references = [], brands }: HeifParts): Buffer {
  const properties: Buffer[] = [];
  const indexOf = (property: Buffer): number => {
    const known = properties.findIndex((other) => other.equals(property));
    return known < 0 ? properties.push(property) : known + 1;
  };
  const associations = items.map(({ properties: own = [] }, index) =>
    Buffer.concat([
      bytes(2, index + 1),
      bytes(1, own.length),
      ...own.map((property) =>
        bytes(1, indexOf(property) + (essential.has(property.toString('latin1', 4, 8)) ? 0x80 : 0)),
      ),
    ]),
  );
  const names = brands ?? ['heic', 'mif1', 'MiHB', 'MiHE', 'MiPr', 'miaf', 'heic', 'tmap'];
  const ftyp = box('ftyp', Buffer.from(`${names[0]}\0\0\0\0${names.slice(1).join('')}`, 'latin1'));
  // A grid's few bytes stand in the description itself, as phones have it; everything else behind it.
  const isInside = ({ type }: HeifItem) => type === 'grid' || type === 'tmap';
  const inside = items.filter(isInside).map(({ data }) => data);
  const behind = [...new Set(items.filter((item) => !isInside(item)).map(({ data }) => data))];
  const placeIn = (all: readonly Buffer[], data: Buffer): number =>
    all.slice(0, all.indexOf(data)).reduce((sum, { length }) => sum + length, 0);
  const meta = (mdat: number): Buffer =>
    fullBox(
      'meta',
      ...([0, 0] as const),
      fullBox('hdlr', 0, 0, bytes(4, 0), Buffer.from('pict'), bytes(4, 0, 0, 0), text('')),
      fullBox('pitm', 0, 0, bytes(2, primary)),
      fullBox(
        'iloc',
        ...([1, 0] as const),
        bytes(1, 0x44, 0),
        bytes(2, items.length),
        ...items.map((item, index) =>
          Buffer.concat([
            bytes(2, index + 1, isInside(item) ? 1 : 0, 0, 1),
            bytes(
              4,
              isInside(item) ? placeIn(inside, item.data) : mdat + placeIn(behind, item.data),
              item.data.length,
            ),
          ]),
        ),
      ),
      fullBox(
        'iinf',
        ...([0, 0] as const),
        bytes(2, items.length),
        ...items.map(({ type, isHidden }, index) =>
          fullBox(
            'infe',
            2,
            isHidden === true ? 1 : 0,
            bytes(2, index + 1, 0),
            Buffer.from(type),
            text(''),
            ...(type === 'mime' ? [text('application/rdf+xml')] : []),
          ),
        ),
      ),
      fullBox(
        'iref',
        ...([0, 0] as const),
        ...references.map(({ type, from, to }) => box(type, bytes(2, from, to.length, ...to))),
      ),
      box('iprp', box('ipco', ...properties), fullBox('ipma', 0, 0, bytes(4, items.length), ...associations)),
      box('idat', ...inside),
    );
  const start = ftyp.length + meta(0).length + 8;
  return Buffer.concat([ftyp, meta(start), box('mdat', ...behind)]);
}

/** What is in a file that `heif-enc` made: its coded picture, with the boxes that a decoder needs for it, and its Exif. */
export function partsOf(file: Buffer): {
  readonly data: Buffer;
  readonly exif: Buffer | null;
  readonly properties: readonly Buffer[];
} {
  const found = (type: string): Buffer => {
    const at = file.indexOf(type, 0, 'latin1') - 4;
    if (at < 0) throw new Error(`the file has no ${type}`);
    return file.subarray(at, at + file.readUInt32BE(at));
  };
  const places = found('iloc');
  const extent = (nth: number): Buffer => {
    // Number, where it is (here), how many pieces, and of the one piece: where it begins, how long it is.
    const [base, start, length] = [4, 10, 14].map((at) => places.readUInt32BE(16 + nth * 18 + at));
    const from = (base ?? 0) + (start ?? 0);
    return file.subarray(from, from + (length ?? 0));
  };
  return {
    data: extent(0),
    exif: file.includes('Exif') ? extent(1) : null,
    properties: [found('hvcC'), found('ispe')],
  };
}

/** Bytes that can be read from any place without having all of them in memory. */
export interface ByteSource {
  readonly size: number;
  read(offset: number, length: number): Promise<Buffer>;
}

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const longestComment = 65_535;
const endLength = 22;
const entryLength = 46;
/** No training archive is larger; it also bounds the memory that a listing takes. */
const mostEntries = 2000;

/**
 * The names of the files in a ZIP archive, read from its central directory.
 * @returns `undefined` when it is not a ZIP, is broken, or has more than 2000 entries
 */
export async function listZip(source: ByteSource): Promise<string[] | undefined> {
  const tailLength = Math.min(source.size, endLength + longestComment);
  const tail = await source.read(source.size - tailLength, tailLength);
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + endLength > tail.length || tail.readUInt32LE(end) !== endSignature) return undefined;
  const entries = tail.readUInt16LE(end + 10);
  const length = tail.readUInt32LE(end + 12);
  const offset = tail.readUInt32LE(end + 16);
  if (entries > mostEntries || offset + length > source.size) return undefined;
  return namesIn(await source.read(offset, length), entries);
}

function namesIn(directory: Buffer, entries: number): string[] | undefined {
  const names: string[] = [];
  let at = 0;
  for (let entry = 0; entry < entries; entry += 1) {
    if (at + entryLength > directory.length || directory.readUInt32LE(at) !== entrySignature)
      return undefined;
    const nameLength = directory.readUInt16LE(at + 28);
    names.push(directory.toString('utf8', at + entryLength, at + entryLength + nameLength));
    at += entryLength + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return names;
}

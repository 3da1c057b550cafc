/**
 * A grey progressive JPEG whose second scan, which changes nothing, comes `scans` - 1 times: small to send, long to
 * decode.
 */
export function jpegOfManyScans(width: number, height: number, scans: number): Buffer {
  const blocks = Math.ceil(width / 8) * Math.ceil(height / 8);
  const head = bytes(
    'ffd8',
    `ffdb 0043 00 ${'01'.repeat(64)}`,
    `ffc2 000b 08 ${word(height)} ${word(width)} 01 01 11 00`,
    // One code for brightness, which is "as before"; two for detail: "end of this block", "end of so many blocks".
    'ffc4 001f 00 00 00 00 0c 000000000000000000000000 000102030405060708090a0b',
    'ffc4 0015 10 00 02 0000000000000000000000000000 00 e0',
  );
  const brightness = Buffer.concat([
    bytes('ffda 0008 01 01 00 00 00 00'),
    Buffer.alloc(Math.ceil(blocks / 2)),
  ]);
  const detail = Buffer.concat([bytes('ffda 0008 01 01 00 01 3f 00'), endOfBlocks(blocks)]);
  const others = Array.from({ length: scans - 1 }, () => detail);
  return Buffer.concat([head, brightness, ...others, bytes('ffd9')]);
}

const bytes = (...hex: string[]): Buffer => Buffer.from(hex.join('').replaceAll(' ', ''), 'hex');
const word = (value: number): string => value.toString(16).padStart(4, '0');

/** Bits that end all blocks without a word about them. */
function endOfBlocks(blocks: number): Buffer {
  const [shortest, longest] = [16_384, 32_767];
  let bits = '';
  for (let left = blocks; left > 0; ) {
    const run = left >= shortest ? Math.min(left, longest) : 1;
    bits += run === 1 ? '00' : `01${(run - shortest).toString(2).padStart(14, '0')}`;
    left -= run;
  }
  const coded = (bits.match(/.{1,8}/g) ?? []).map((byte) => Number.parseInt(byte.padEnd(8, '1'), 2));
  // Within coded data 0xff is followed by 0x00.
  return Buffer.from(coded.flatMap((byte) => (byte === 0xff ? [byte, 0] : [byte])));
}

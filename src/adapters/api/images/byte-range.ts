/** Bytes of a file, both ends included. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/**
 * What `Range` asks of a file of so many bytes. `whole`: it says nothing that is understood here, or several parts at
 * once, which a server need not give. `none`: nothing of it is in the file.
 */
export function rangeIn(header: string | undefined, bytes: number): ByteRange | 'whole' | 'none' {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header?.replaceAll(' ', '') ?? '') ?? [];
  if (first === '' && last === '') return 'whole';
  if (first === '') {
    const count = Math.min(Number(last), bytes);
    return count === 0 ? 'none' : { from: bytes - count, to: bytes - 1 };
  }
  const from = Number(first);
  const to = last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1);
  if (last !== '' && Number(last) < from) return 'whole';
  return from >= bytes ? 'none' : { from, to };
}

/** These bytes of a file alone. Nothing is read behind them. */
export async function* within(
  file: AsyncIterable<Uint8Array>,
  { from, to }: ByteRange,
): AsyncGenerator<Uint8Array, void, undefined> {
  let at = 0;
  for await (const piece of file) {
    const end = at + piece.byteLength;
    if (end > from) yield piece.subarray(Math.max(0, from - at), Math.min(piece.byteLength, to + 1 - at));
    at = end;
    if (at > to) return;
  }
}

import { BadDownload } from './ports/image-downloads.js';

/** Larger than any LoRA of FLUX; the header of one has some 100 KB. */
const maximumBytes = 2 ** 30;
const maximumHeaderBytes = 10_000_000;
/** A little-endian 64-bit number: the length of the JSON header that follows. */
const lengthBytes = 8;

/**
 * Passes the bytes of a safetensors file on and throws BadDownload as soon as they turn out not to be one: no
 * header, tensors that do not fill the file exactly, too large, or cut short. The same bytes would come again, so
 * only a short file is worth another try.
 */
export async function* checkedWeights(
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  let head: Buffer = Buffer.alloc(0);
  let expected: number | null = null;
  let received = 0;
  for await (const chunk of body) {
    received += chunk.byteLength;
    if (received > maximumBytes) throw new BadDownload(`weights of more than ${maximumBytes} bytes`, false);
    if (expected === null) {
      head = Buffer.concat([head, chunk]);
      expected = sizeAnnouncedIn(head);
    }
    if (expected !== null && received > expected)
      throw new BadDownload('weights with more bytes than their header says', false);
    yield chunk;
  }
  if (received === 0) throw new BadDownload('the file of weights is empty', true);
  if (expected === null || received < expected)
    throw new BadDownload(`the weights ended after ${received} bytes`, true);
}

/** Size of the whole file; `null` while its header is not complete. */
function sizeAnnouncedIn(head: Buffer): number | null {
  if (head.byteLength < lengthBytes) return null;
  const length = head.readBigUInt64LE(0);
  if (length < 2n || length > BigInt(maximumHeaderBytes))
    throw new BadDownload('no weights: not a safetensors file', false);
  const end = lengthBytes + Number(length);
  if (head[lengthBytes] !== undefined && head[lengthBytes] !== 0x7b)
    throw new BadDownload('no weights: not a safetensors file', false);
  if (head.byteLength < end) return null;
  const tensors = endsOfTensors(head.subarray(lengthBytes, end).toString('utf8'));
  if (tensors.length === 0) throw new BadDownload('weights without a single tensor', false);
  return end + Math.max(...tensors);
}

function endsOfTensors(json: string): number[] {
  const header = parsed(json);
  if (typeof header !== 'object' || header === null) return [];
  return Object.entries(header)
    .filter(([name]) => name !== '__metadata__')
    .map(([, tensor]: [string, unknown]) => endOf(tensor));
}

function endOf(tensor: unknown): number {
  if (typeof tensor === 'object' && tensor !== null && 'data_offsets' in tensor) {
    const offsets: unknown = tensor.data_offsets;
    const end: unknown = Array.isArray(offsets) ? offsets[1] : null;
    if (typeof end === 'number' && Number.isSafeInteger(end) && end >= 0) return end;
  }
  throw new BadDownload('weights with a tensor that has no place', false);
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new BadDownload('weights with a damaged header', false, { cause: error });
  }
}

import type { TensorEntry } from '../../domain/avatar/lora-family.js';
import { BadDownload } from '../ports/image-downloads.js';

/** What the header of a safetensors file says. */
export interface SafetensorsHeader {
  readonly tensors: readonly TensorEntry[];
  /** Its `__metadata__`, as far as it is text. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Of the whole file. */
  readonly size: number;
}

/** LoRAs of FLUX have some thousand tensors, and a header of some 100 KB. */
const mostTensors = 20_000;
/** Names of layers are far shorter; each is compared with many patterns. */
const longestName = 256;
const mostHeaderBytes = 10_000_000;
/** A little-endian 64-bit number: the length of the JSON header that follows. */
const lengthBytes = 8;
const place = Buffer.from('data_offsets');

/** Reads no more of weights than their header. @throws BadDownload; and what `body` throws */
export async function readHeader(body: AsyncIterable<Uint8Array>): Promise<SafetensorsHeader> {
  const reader = new HeaderReader();
  for await (const chunk of body) {
    const header = reader.read(chunk);
    if (header !== null) return header;
  }
  throw new BadDownload('the weights ended within their header', false);
}

/** Collects the first bytes of a file until its header is complete. */
export class HeaderReader {
  private readonly chunks: Uint8Array[] = [];
  private received = 0;
  private end: number | null = null;

  /** `null`: there is more of the header to come. @throws BadDownload as soon as it is no header of weights */
  read(chunk: Uint8Array): SafetensorsHeader | null {
    this.chunks.push(chunk);
    this.received += chunk.byteLength;
    if (this.end === null && this.received > lengthBytes) this.end = endOfHeader(this.head());
    if (this.end === null || this.received < this.end) return null;
    return headerOf(this.head().subarray(lengthBytes, this.end), this.end);
  }

  private head(): Buffer {
    const head = Buffer.concat(this.chunks, this.received);
    this.chunks.splice(0, this.chunks.length, head);
    return head;
  }
}

function endOfHeader(head: Buffer): number {
  const length = head.readBigUInt64LE(0);
  if (length < 2n || length > BigInt(mostHeaderBytes) || head[lengthBytes] !== 0x7b)
    throw new BadDownload('no weights: not a safetensors file', false);
  return lengthBytes + Number(length);
}

function headerOf(json: Buffer, end: number): SafetensorsHeader {
  // Counted before it is parsed: a parsed one takes many times its bytes.
  if (countOf(json, mostTensors) > mostTensors)
    throw new BadDownload(`weights of more than ${mostTensors} tensors`, false);
  const header = parsed(json.toString('utf8'));
  const entries = typeof header === 'object' && header !== null ? Object.entries(header) : [];
  const tensors = entries.filter(([name]) => name !== '__metadata__');
  if (tensors.length === 0) throw new BadDownload('weights without a single tensor', false);
  if (tensors.some(([name]) => name.length > longestName))
    throw new BadDownload('weights with a tensor that has no sensible name', false);
  const last = tensors.reduce((most, [, tensor]) => Math.max(most, endOf(tensor)), 0);
  return {
    tensors: tensors.map(([name, tensor]) => ({ name, shape: shapeOf(tensor) })),
    metadata: textsIn(entries.find(([name]) => name === '__metadata__')?.[1]),
    size: end + last,
  };
}

function countOf(json: Buffer, most: number): number {
  let count = 0;
  for (let at = json.indexOf(place); at !== -1 && count <= most; at = json.indexOf(place, at + 1)) count += 1;
  return count;
}

function endOf(tensor: unknown): number {
  if (typeof tensor === 'object' && tensor !== null && 'data_offsets' in tensor) {
    const offsets: unknown = tensor.data_offsets;
    const end: unknown = Array.isArray(offsets) ? offsets[1] : null;
    if (typeof end === 'number' && Number.isSafeInteger(end) && end >= 0) return end;
  }
  throw new BadDownload('weights with a tensor that has no place', false);
}

function shapeOf(tensor: unknown): number[] {
  const shape = typeof tensor === 'object' && tensor !== null && 'shape' in tensor ? tensor.shape : null;
  return Array.isArray(shape) ? shape.filter((side) => typeof side === 'number') : [];
}

function textsIn(metadata: unknown): Record<string, string> {
  if (typeof metadata !== 'object' || metadata === null) return {};
  const texts = Object.entries(metadata).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return Object.fromEntries(texts);
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new BadDownload('weights with a damaged header', false, { cause: error });
  }
}

import { BadDownload } from '../ports/image-downloads.js';
import { HeaderReader, type SafetensorsHeader } from './safetensors-header.js';

/** Larger than any LoRA of FLUX. */
const maximumBytes = 2 ** 30;

/**
 * Passes the bytes of a safetensors file on and throws BadDownload as soon as they turn out not to be one: no
 * header, tensors that do not fill the file exactly, too large, or cut short. The same bytes would come again, so
 * only a short file is worth another try. `onHeader` hears what the header says, and may throw.
 */
export async function* checkedWeights(
  body: AsyncIterable<Uint8Array>,
  onHeader: (header: SafetensorsHeader) => void = () => undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = new HeaderReader();
  let expected: number | null = null;
  let received = 0;
  for await (const chunk of body) {
    received += chunk.byteLength;
    if (received > maximumBytes) throw new BadDownload(`weights of more than ${maximumBytes} bytes`, false);
    if (expected === null) {
      const header = reader.read(chunk);
      if (header !== null) onHeader(header);
      expected = header?.size ?? null;
    }
    if (expected !== null && received > expected)
      throw new BadDownload('weights with more bytes than their header says', false);
    yield chunk;
  }
  if (received === 0) throw new BadDownload('the file of weights is empty', true);
  if (expected === null || received < expected)
    throw new BadDownload(`the weights ended after ${received} bytes`, true);
}

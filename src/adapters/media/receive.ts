import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { BadDownload } from '../../application/ports/image-downloads.js';
import { pictureType, signatureBytes } from '../../domain/avatar/picture-cost.js';

interface Limits {
  readonly maximumBytes?: number;
  /** Refuse at the first bytes what is no image. */
  readonly image?: boolean;
}

/**
 * Writes a stream to a new file, counting and hashing on the way. Holds one chunk in memory at a time. Not surely on
 * the disk before `toDisk`.
 *
 * @throws BadDownload when a limit is passed, and whatever `body` throws
 */
export async function receive(
  body: AsyncIterable<Uint8Array>,
  path: string,
  { maximumBytes = Number.POSITIVE_INFINITY, image = false }: Limits = {},
): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  let head: Uint8Array = new Uint8Array();
  const file = await open(path, 'wx', 0o600);
  try {
    for await (const chunk of body) {
      bytes += chunk.byteLength;
      if (bytes > maximumBytes) throw new BadDownload(`larger than ${maximumBytes} bytes`, false);
      if (image && head.byteLength < signatureBytes) {
        head = Buffer.concat([head, chunk]);
        if (head.byteLength >= signatureBytes) checkSignature(head);
      }
      hash.update(chunk);
      await file.appendFile(chunk);
    }
    if (image && bytes < signatureBytes) checkSignature(head);
  } finally {
    await file.close();
  }
  return { bytes, sha256: hash.digest('hex') };
}

/** Returns when a file that was written would outlast a power cut. */
export async function toDisk(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

function checkSignature(head: Uint8Array): void {
  // A proxy's error page is no image either, so another try may bring one.
  if (pictureType(head) === null) throw new BadDownload('neither JPEG nor PNG nor WebP', true);
}

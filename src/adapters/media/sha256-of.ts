import { createHash } from 'node:crypto';
import { type MediaStore, NoSuchFile } from '../../application/ports/media-store.js';

/** Hex digest of a file, read to its end; `null`: there is none. */
export async function sha256Of(store: Pick<MediaStore, 'read'>, key: string): Promise<string | null> {
  try {
    const hash = createHash('sha256');
    for await (const chunk of (await store.read(key)) as AsyncIterable<Uint8Array>) hash.update(chunk);
    return hash.digest('hex');
  } catch (error) {
    if (error instanceof NoSuchFile) return null;
    throw error;
  }
}

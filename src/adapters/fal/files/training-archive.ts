import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

/** Says nothing about when the photos were packed. */
const noTime = new Date(1980, 0, 1);

/**
 * A ZIP with `photo-01.jpg`, `photo-02.jpg` and so on, stored as they are: a JPEG does not shrink, and the bytes
 * are those that were checked to hold no metadata.
 */
export async function trainingArchive(photos: readonly Uint8Array[]): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [index, photo] of photos.entries()) {
    const name = `photo-${String(index + 1).padStart(2, '0')}.jpg`;
    zip.addBuffer(Buffer.from(photo), name, { compress: false, mtime: noTime, forceDosTimestamp: true });
  }
  zip.end();
  return buffer(zip.outputStream);
}

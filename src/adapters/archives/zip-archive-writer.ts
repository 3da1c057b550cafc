import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import type { ArchiveEntry, ArchiveWriter } from '../../application/ports/archive-writer.js';

/** Pictures and weights do not shrink; text does. */
const isText = (name: string): boolean => name.endsWith('.json');

export class ZipArchiveWriter implements ArchiveWriter {
  write(entries: readonly ArchiveEntry[]): Readable {
    const zip = new ZipFile();
    const output = new PassThrough();
    const fail = (error: unknown) =>
      output.destroy(error instanceof Error ? error : new Error(String(error)));
    // yazl has no wildcard for "an error of any of them": its own stream and the work that feeds it.
    zip.on('error', fail);
    zip.outputStream.on('error', fail).pipe(output);
    fill(zip, entries).catch(fail);
    return output;
  }
}

async function fill(zip: ZipFile, entries: readonly ArchiveEntry[]): Promise<void> {
  for (const { name, open } of entries) {
    const content = await open();
    if (content === null) continue;
    const body = new PassThrough();
    zip.addReadStream(body, name, { compress: isText(name) });
    // Before the next one is opened, this one has gone out: yazl writes them in order.
    await pipeline(content, body);
  }
  zip.end();
}

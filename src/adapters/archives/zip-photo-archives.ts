import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import type { ArchivedFile, PhotoArchives } from '../../application/ports/photo-archives.js';
import { photoLimits } from '../../domain/avatar/photo.js';
import { type ArchiveRefusal, DomainError } from '../../domain/errors.js';
import { storable } from '../../domain/text/storable-text.js';

/** More files than anybody has photos of an avatar. */
const mostFiles = 100;
/** What all files together may claim to be unpacked. */
const mostBytes = 40 * photoLimits.bytes;

/** Files that operating systems add to archives by themselves. */
const rubbish = /(^|\/)(__MACOSX\/|\.|Thumbs\.db$|desktop\.ini$)/i;

/**
 * Photos out of ZIP archives. The list of files is checked whole before the first one is unpacked; each is unpacked
 * into memory alone, never further than it claims to go, and none is ever written anywhere.
 */
export class ZipPhotoArchives implements PhotoArchives {
  isArchive(file: Uint8Array): boolean {
    const [p, k, kind] = file;
    // A file's header, or the end of an empty archive.
    return p === 0x50 && k === 0x4b && (kind === 0x03 || kind === 0x05);
  }

  async *files(archive: Uint8Array): AsyncGenerator<ArchivedFile, void, undefined> {
    const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
    const zip = await reading(() => fromBufferPromise(bytes, { lazyEntries: true }));
    for (const entry of await entriesOf(zip)) {
      const name = storable(entry.fileName.slice(entry.fileName.lastIndexOf('/') + 1));
      if (entry.uncompressedSize > photoLimits.bytes) yield { name, refused: 'file_too_large' };
      else yield await unpacked(zip, entry, name);
    }
  }
}

async function entriesOf(zip: ZipFile): Promise<Entry[]> {
  if (zip.entryCount > mostFiles) throw refusal('too_many_files');
  const entries = await reading(async () => {
    const all: Entry[] = [];
    for await (const entry of zip.eachEntry()) {
      // The count at the end of the archive may lie.
      if (all.length >= mostFiles) throw refusal('too_many_files');
      all.push(entry);
    }
    return all;
  });
  const files = entries.filter(({ fileName }) => !fileName.endsWith('/') && !rubbish.test(fileName));
  if (files.some((entry) => entry.isEncrypted())) throw refusal('encrypted');
  const claimed = files.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);
  if (claimed > mostBytes) throw refusal('too_large');
  return files;
}

async function unpacked(zip: ZipFile, entry: Entry, name: string): Promise<ArchivedFile> {
  try {
    const chunks: Buffer[] = [];
    // yauzl ends the stream with an error at the first byte beyond the size that the entry claims.
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk);
    return { name, bytes: Buffer.concat(chunks) };
  } catch {
    // Whatever is wrong with this file, the other photos of the archive can still be used.
    return { name, refused: 'damaged' };
  }
}

/** yauzl's errors have no codes; only the names of files are told apart by their text. */
async function reading<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DomainError) throw error;
    const isName =
      error instanceof Error &&
      /invalid (relative path|characters in fileName)|absolute path/.test(error.message);
    throw refusal(isName ? 'unsafe_names' : 'damaged');
  }
}

const refusal = (reason: ArchiveRefusal): DomainError => new DomainError({ code: 'archive_refused', reason });

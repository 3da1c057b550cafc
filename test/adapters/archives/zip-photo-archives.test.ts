import { access } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { ZipPhotoArchives } from '../../../src/adapters/archives/zip-photo-archives.js';
import type { ArchivedFile } from '../../../src/application/ports/photo-archives.js';
import { photoLimits } from '../../../src/domain/avatar/photo.js';

const archives = new ZipPhotoArchives();

function zipOf(files: Readonly<Record<string, Buffer>>, { compress = true } = {}): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, bytes] of Object.entries(files)) zip.addBuffer(bytes, name, { compress });
  zip.end();
  return buffer(zip.outputStream);
}

async function filesOf(archive: Uint8Array): Promise<ArchivedFile[]> {
  const files: ArchivedFile[] = [];
  for await (const file of archives.files(archive)) files.push(file);
  return files;
}

/** Writes other bytes over all places where `from` stands; both have one length. */
function rewritten(archive: Buffer, from: string, to: string): Buffer {
  return Buffer.from(archive.toString('latin1').replaceAll(from, to), 'latin1');
}

const refusedAs = (reason: string) => ({ refusal: { code: 'archive_refused', reason } });

describe('ZipPhotoArchives', () => {
  it('hands over the files without their folders, and none of what systems put there', async () => {
    const archive = await zipOf({
      'me/first.jpg': Buffer.from('one'),
      'second.png': Buffer.from('two'),
      '__MACOSX/me/._first.jpg': Buffer.from('x'),
      'me/.DS_Store': Buffer.from('x'),
      'Thumbs.db': Buffer.from('x'),
    });
    expect(archives.isArchive(archive)).toBe(true);
    expect(await filesOf(archive)).toEqual([
      { name: 'first.jpg', bytes: Buffer.from('one') },
      { name: 'second.png', bytes: Buffer.from('two') },
    ]);
  });

  it('takes no picture for an archive', () => {
    expect(archives.isArchive(Buffer.from([0xff, 0xd8, 0xff]))).toBe(false);
    expect(archives.isArchive(Buffer.alloc(0))).toBe(false);
  });

  it.each(['../../up.jpg', '/etc/up.jpg', 'a/../up.jpg', 'C:/up/up.jpg'])(
    'refuses an archive with the name %s and writes nothing anywhere',
    async (name) => {
      const innocent = 'x'.repeat(name.length);
      const archive = rewritten(await zipOf({ [innocent]: Buffer.from('p') }), innocent, name);
      await expect(filesOf(archive)).rejects.toMatchObject(refusedAs('unsafe_names'));
      for (const folder of ['.', tmpdir()])
        await expect(access(resolve(folder, name))).rejects.toMatchObject({ code: 'ENOENT' });
    },
  );

  it('refuses 10,000 files before it looks at one', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, index) => [`${index}.jpg`, Buffer.from('x')]),
    );
    const archive = await zipOf(many, { compress: false });
    await expect(filesOf(archive)).rejects.toMatchObject(refusedAs('too_many_files'));
  });

  it('counts the files itself when the archive lies about their number', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 300 }, (_, index) => [`${index}.jpg`, Buffer.from('x')]),
    );
    const archive = await zipOf(many);
    const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
    archive.writeUInt16LE(90, end + 8);
    archive.writeUInt16LE(90, end + 10);
    // It is believed about the end, and then only so many are read.
    expect(await filesOf(archive)).toHaveLength(90);
  });

  it('unpacks no bomb: what claims to be large is not begun, what lies is stopped', async () => {
    const zeros = Buffer.alloc(photoLimits.bytes + 1);
    const honest = await zipOf({ 'bomb.jpg': zeros, 'good.jpg': Buffer.from('good') });
    expect(honest.byteLength).toBeLessThan(100_000);
    expect(await filesOf(honest)).toEqual([
      { name: 'bomb.jpg', refused: 'file_too_large' },
      { name: 'good.jpg', bytes: Buffer.from('good') },
    ]);
    // The same, but it claims 1000 bytes in its directory.
    const liar = await zipOf({ 'bomb.jpg': zeros });
    const entry = liar.lastIndexOf(Buffer.from('PK\x01\x02', 'latin1'));
    liar.writeUInt32LE(1000, entry + 24);
    const before = process.memoryUsage().rss;
    expect(await filesOf(liar)).toEqual([{ name: 'bomb.jpg', refused: 'damaged' }]);
    expect(process.memoryUsage().rss - before).toBeLessThan(50 * 2 ** 20);
  });

  it('refuses what claims to be too large in all', async () => {
    const archive = await zipOf(
      Object.fromEntries(Array.from({ length: 90 }, (_, i) => [`${i}.jpg`, Buffer.from('x')])),
    );
    for (
      let at = archive.indexOf('PK\x01\x02', 0, 'latin1');
      at >= 0;
      at = archive.indexOf('PK\x01\x02', at + 4, 'latin1')
    )
      archive.writeUInt32LE(photoLimits.bytes, at + 24);
    await expect(filesOf(archive)).rejects.toMatchObject(refusedAs('too_large'));
  });

  it('refuses an archive that was cut off', async () => {
    const archive = await zipOf({ 'a.jpg': Buffer.from('x'.repeat(1000)) });
    await expect(filesOf(archive.subarray(0, -30))).rejects.toMatchObject(refusedAs('damaged'));
  });
});

import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import type { Document, File, PhotoSize } from 'grammy/types';
import type { Upload } from '../bot-api/multipart.js';
import { badRequest } from '../bot-api-error.js';
import type { Collection, Journal } from '../state/journal.js';
import { fileTypeOf } from './file-types.js';
import { makePhotoSizes, makeThumbnail, type SizedPhoto } from './photo-sizes.js';

/** What can be sent: a photo's `file_id` cannot become a document, nor the other way round. */
export type FileKind = 'Photo' | 'Document' | 'Thumbnail';

interface StoredFile {
  readonly kind: FileKind;
  /** As `getFile` gives it, e.g. `photos/file_3.jpg`; also the place under the folder. */
  readonly path: string;
  readonly size: number;
  readonly uniqueId: string;
  /** Of a photo: which one this is a size of. */
  readonly photo?: string;
}

/** Most bytes `getFile` gives to a bot. */
const downloadLimit = 20 * 1024 * 1024;

/** Files by `file_id`, kept in a folder. The same photo sent twice is processed once. */
export class FileStore {
  private readonly files: Collection<StoredFile>;
  private readonly photos: Collection<readonly PhotoSize[]>;
  private readonly documents: Collection<Document>;
  private readonly photoByHash: Collection<string>;
  private readonly counters: Collection<number>;

  constructor(
    private readonly folder: string,
    journal: Journal,
  ) {
    for (const part of ['photos', 'documents', 'thumbnails'])
      mkdirSync(join(folder, part), { recursive: true, mode: 0o700 });
    this.files = journal.collection('files');
    this.photos = journal.collection('photos');
    this.documents = journal.collection('documents');
    this.photoByHash = journal.collection('photo_hashes');
    this.counters = journal.collection('file_counters');
  }

  /** @throws BotApiError 400 when Telegram would not take it as a photo */
  async addPhoto(bytes: Buffer): Promise<readonly PhotoSize[]> {
    const hash = createHash('sha256').update(bytes).digest('base64url');
    const known = this.photos.get(this.photoByHash.get(hash) ?? '');
    if (known !== undefined) return known;
    const photo = randomBytes(8).toString('hex');
    const sizes: PhotoSize[] = [];
    for (const size of await makePhotoSizes(bytes)) sizes.push(await this.addPicture('Photo', size, photo));
    this.photos.set(photo, sizes);
    this.photoByHash.set(hash, photo);
    return sizes;
  }

  async addDocument({ bytes, name, type }: Upload): Promise<Document> {
    if (bytes.length === 0) throw badRequest('file must be non-empty');
    const mimeType = fileTypeOf(name, type);
    const picture = mimeType.startsWith('image/') ? await makeThumbnail(bytes) : undefined;
    const thumbnail = picture === undefined ? undefined : await this.addPicture('Thumbnail', picture);
    const extension = /^\.[\w-]{1,8}$/.exec(extname(name))?.[0] ?? '';
    const { fileId, uniqueId } = await this.keep('Document', bytes, extension);
    return this.documents.set(fileId, {
      file_name: name === '' ? `file${extension}` : name,
      mime_type: mimeType,
      file_id: fileId,
      file_unique_id: uniqueId,
      file_size: bytes.length,
      ...(thumbnail === undefined ? {} : { thumbnail }),
    });
  }

  /** All sizes of the photo that one `file_id` is a size of. @throws BotApiError 400 */
  photo(fileId: string): readonly PhotoSize[] {
    const sizes = this.photos.get(this.find(fileId, 'Photo').photo ?? '');
    if (sizes === undefined) throw unknownFile(fileId);
    return sizes;
  }

  /** @throws BotApiError 400 */
  document(fileId: string): Document {
    this.find(fileId, 'Document');
    const document = this.documents.get(fileId);
    if (document === undefined) throw unknownFile(fileId);
    return document;
  }

  /** What `getFile` answers. @throws BotApiError 400 unknown, or over 20 MB */
  file(fileId: string): File {
    const stored = this.files.get(fileId);
    if (stored === undefined) throw badRequest('invalid file_id');
    if (stored.size > downloadLimit) throw badRequest('file is too big');
    const { uniqueId, size, path } = stored;
    return { file_id: fileId, file_unique_id: uniqueId, file_size: size, file_path: path };
  }

  /** The place of a kept file on disk; undefined when the path is not one of ours. */
  locate(path: string): string | undefined {
    const inside = normalize(path);
    return /^(photos|documents|thumbnails)\/file_\d+[\w.-]*$/.test(inside)
      ? join(this.folder, inside)
      : undefined;
  }

  locateById(fileId: string): string | undefined {
    const stored = this.files.get(fileId);
    return stored === undefined ? undefined : this.locate(stored.path);
  }

  async read(fileId: string): Promise<Buffer> {
    const place = this.locateById(fileId);
    if (place === undefined) throw unknownFile(fileId);
    return readFile(place);
  }

  private find(fileId: string, wanted: FileKind): StoredFile {
    const stored = this.files.get(fileId);
    if (stored === undefined) throw unknownFile(fileId);
    if (stored.kind !== wanted) throw badRequest(`can't use file of type ${stored.kind} as ${wanted}`);
    return stored;
  }

  private async addPicture(kind: FileKind, picture: SizedPhoto, photo?: string): Promise<PhotoSize> {
    const { fileId, uniqueId } = await this.keep(kind, picture.bytes, '.jpg', photo);
    return {
      file_id: fileId,
      file_unique_id: uniqueId,
      file_size: picture.bytes.length,
      width: picture.width,
      height: picture.height,
    };
  }

  private async keep(kind: FileKind, bytes: Buffer, extension: string, photo?: string) {
    const number = this.counters.set('file', (this.counters.get('file') ?? 0) + 1);
    const path = `${kind.toLowerCase()}s/file_${number}${extension}`;
    await writeFile(join(this.folder, path), bytes, { mode: 0o600 });
    const fileId = idPrefixes[kind] + randomBytes(45).toString('base64url');
    const uniqueId = `AQAD${randomBytes(9).toString('base64url')}`;
    this.files.set(fileId, {
      kind,
      path,
      size: bytes.length,
      uniqueId,
      ...(photo === undefined ? {} : { photo }),
    });
    return { fileId, uniqueId };
  }
}

/** The beginnings by which Telegram's file ids can be told apart. */
const idPrefixes: Readonly<Record<FileKind, string>> = {
  Photo: 'AgACAgIAAxkB',
  Document: 'BQACAgIAAxkB',
  Thumbnail: 'AAMCAgADGQEA',
};

const unknownFile = (fileId: string): Error =>
  /^[\w-]{20,}$/.test(fileId)
    ? badRequest("wrong remote file identifier specified: can't unserialize it")
    : badRequest('wrong file identifier/HTTP URL specified');

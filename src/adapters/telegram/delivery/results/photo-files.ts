import { extname } from 'node:path';
import { InputFile } from 'grammy';
import type { Message } from 'grammy/types';
import sharp from 'sharp';
import type { Logger } from '../../../../application/ports/logger.js';
import { type MediaStore, NoSuchFile } from '../../../../application/ports/media-store.js';
import type { SentFile, SentPlace } from '../../../../application/ports/stores/chat/sent-file-store.js';
import type { ImageRow } from '../../../../application/ports/stores/image-store.js';
import type { WayInDatabase } from '../../../../application/ports/stores/way-in-database.js';
import { fileName } from '../../../../domain/text/file-name.js';
import { troubleOf } from '../../telegram-errors.js';
import { smallerCopy } from '../smaller-copy.js';
import { fitsAsPhoto } from './photo-rules.js';

/** What was asked for names its file. */
export type Picture = ImageRow & { readonly prompt?: string };

/** An image as it is given to the Bot API: by the handle it was sent under before, or by its bytes. */
export interface SendableImage {
  readonly image: Picture;
  readonly media: string | InputFile;
  /** Its file is gone (a partial restore): a grey picture stands for it. */
  readonly isMissing?: boolean;
}

/** What is larger is read from the disk as it leaves: many leave at once. Bytes. */
const mostHeldWhole = 1024 * 1024;

const noHandles: ReadonlyMap<string, string> = new Map();

/** Turns stored images into something that can be sent, and remembers what Telegram calls them. */
export class PhotoFiles {
  constructor(
    private readonly source: string,
    private readonly database: WayInDatabase,
    private readonly store: MediaStore,
    private readonly log: Logger,
    /** The most that Telegram takes as a document. Bytes. */
    readonly documentLimit: number,
  ) {}

  /** As photos, the way a chat shows them. What is too big for Telegram goes as a smaller copy. */
  async asPhotos(images: readonly Picture[], areNew = false): Promise<SendableImage[]> {
    const handles = areNew ? noHandles : await this.handlesOf(images);
    return Promise.all(images.map((image) => this.asPhoto(image, handles)));
  }

  /** The same for a screen: a picture without its file is shown as a grey one. */
  async asShown(images: readonly Picture[]): Promise<SendableImage[]> {
    const handles = await this.handlesOf(images);
    return Promise.all(
      images.map(async (image) => {
        try {
          return await this.asPhoto(image, handles);
        } catch (error) {
          if (!(error instanceof NoSuchFile)) throw error;
          this.log.warn('the file of a picture is gone', { generation: image.generation, error });
          return { image, media: new InputFile(await greyPicture(), 'missing.jpg'), isMissing: true };
        }
      }),
    );
  }

  /** As a file, every byte of it. */
  async asDocument(image: Picture): Promise<SendableImage> {
    const handles = await this.database.stores.sentFiles.handles(this.source, 'document', [image.id]);
    return { image, media: handles.get(image.id) ?? (await this.wholeFile(image)) };
  }

  /**
   * Has them sent by the handles there are, or by their bytes when Telegram has forgotten one, and remembers what it
   * calls them now. `send` answers with a message for each of them.
   */
  async show<Sent extends Message | true>(
    images: readonly Picture[],
    form: SentFile['form'],
    send: (files: readonly SendableImage[]) => Promise<readonly Sent[]>,
  ): Promise<readonly Sent[]> {
    const attempt = async () => {
      const files =
        form === 'photo'
          ? await this.asShown(images)
          : await Promise.all(images.map((image) => this.asDocument(image)));
      const sent = await send(files);
      for (const [index, { image, isMissing = false }] of files.entries())
        if (!isMissing) await this.remember(image, form, handleOf(sent[index]));
      return sent;
    };
    try {
      return await attempt();
    } catch (error) {
      if (troubleOf(error)?.kind !== 'unknown_handle') throw error;
      await this.forget(images, form);
      return attempt();
    }
  }

  /** `handle` is the `file_id` that Telegram answered with; `place`: the message, if it is there to stay. */
  async remember(
    image: ImageRow,
    form: SentFile['form'],
    handle: string | undefined,
    place: SentPlace | null = null,
  ): Promise<void> {
    if (handle === undefined) return;
    try {
      const file = { source: this.source, image: image.id, form };
      await this.database.stores.sentFiles.remember({ ...file, handle, place });
    } catch (error) {
      // It was sent. Without the handle it is uploaded again next time; failing here would send it twice now.
      this.log.warn('the handle of a picture could not be kept', { generation: image.generation, error });
    }
  }

  /** Telegram no longer knows one of these: they are uploaded again. */
  async forget(images: readonly ImageRow[], form: SentFile['form']): Promise<void> {
    for (const { id } of images)
      await this.database.stores.sentFiles.forget({ source: this.source, image: id, form });
  }

  private handlesOf(images: readonly ImageRow[]): Promise<Map<string, string>> {
    return this.database.stores.sentFiles.handles(
      this.source,
      'photo',
      images.map(({ id }) => id),
    );
  }

  private async asPhoto(image: Picture, handles: ReadonlyMap<string, string>): Promise<SendableImage> {
    return { image, media: handles.get(image.id) ?? (await this.photoFile(image)) };
  }

  private async photoFile(image: Picture): Promise<InputFile> {
    if (fitsAsPhoto(image)) return this.wholeFile(image);
    return new InputFile(await smallerCopy(await this.store.bytes(image.mediaKey)), nameOf(image));
  }

  private async wholeFile(image: Picture): Promise<InputFile> {
    const read = () => this.store.read(image.mediaKey);
    if (image.bytes <= mostHeldWhole)
      return new InputFile(await this.store.bytes(image.mediaKey), nameOf(image));
    // If it is gone, that is said here and not in the middle of a call.
    (await read()).destroy();
    return new InputFile(read, nameOf(image));
  }
}

/** Under which Telegram knows what was sent in this message from now on. */
export const handleOf = (sent: Message | true | undefined): string | undefined =>
  typeof sent === 'object' ? (sent.photo?.at(-1)?.file_id ?? sent.document?.file_id) : undefined;

const greyPicture = (): Promise<Buffer> =>
  sharp({ create: { width: 512, height: 512, channels: 3, background: '#8a8a8a' } })
    .jpeg()
    .toBuffer();

export const nameOf = (image: Picture): string => fileName(image, extname(image.mediaKey));

import { InputFile, InputMediaBuilder } from 'grammy';
import yazl from 'yazl';
import { type MediaStore, NoSuchFile } from '../../../../application/ports/media-store.js';
import type { ImageRow } from '../../../../application/ports/stores/image-store.js';
import { DomainError } from '../../../../domain/errors.js';
import type { Feature } from '../../bot-services.js';
import { galleryAlbumButton, galleryMoveButton, galleryZipButton } from '../../buttons/gallery-buttons.js';
import { onButton } from '../../buttons/on-button.js';
import { nameOf } from '../../delivery/results/photo-files.js';
import { oncePerTap } from '../../middleware/one-tap.js';
import { answering, asMessage } from '../../replies.js';
import { GalleryScreens, picturesOnPage } from './gallery-screens.js';

/** Ten pictures at once, and a selection as ZIP documents. Both take longer than a tap may wait. */
export const galleryPagesFeature: Feature = (composer, services) => {
  const screens = new GalleryScreens(services);
  const { database, files, background, uploads, media } = services;

  /** Returns the number of its first message. */
  const sendPage = async (chat: number, images: readonly ImageRow[]): Promise<number | undefined> => {
    const [first] = await files.show(images, 'photo', async (photos) => {
      const [single, ...others] = photos;
      if (single !== undefined && others.length === 0) return [await uploads.sendPhoto(chat, single.media)];
      const album = photos.map(({ media }) => InputMediaBuilder.photo(media));
      return uploads.sendMediaGroup(chat, album);
    });
    return first?.message_id;
  };

  onButton(composer, galleryAlbumButton, async (context, { view: id, image }) => {
    const { id: owner, texts } = context.user;
    const view = await screens.viewOf(context, id);
    const { images, next, total, newer } = await screens.look(view, { at: image }, picturesOnPage);
    const chat = context.chat?.id ?? Number(owner);
    await context.answerCallbackQuery();
    background.start('sending a page of the gallery', async () => {
      const album = await sendPage(chat, images);
      const text = texts.html('gallery-page', { from: newer + 1, to: newer + images.length, total });
      const card = galleryMoveButton.button(texts.plain('button-gallery-card'), {
        view: id,
        image,
        move: 'here',
      });
      const on =
        next === null
          ? []
          : [
              galleryAlbumButton.button(texts.plain('button-gallery-next-page'), {
                view: id,
                image: next.id,
              }),
            ];
      await uploads.sendMessage(chat, text.source, { ...asMessage([[card, ...on]]), ...answering(album) });
    });
  });

  onButton(composer, galleryZipButton, (context, { view: id }) =>
    oncePerTap(services, context, async () => {
      const { id: owner, texts } = context.user;
      const view = await screens.viewOf(context, id);
      const images = await database.stores.gallery.some(owner, view.selection);
      if (images.length === 0) throw new DomainError({ code: 'not_found', what: 'image' });
      const chat = context.chat?.id ?? Number(owner);
      await context.answerCallbackQuery({ text: texts.plain('gallery-zip-coming') });
      background.start('sending a ZIP', async () => {
        const parts = inParts(images);
        for (const [index, part] of parts.entries()) {
          const name = parts.length === 1 ? 'aisha.zip' : `aisha-${index + 1}.zip`;
          const caption = texts.plain('gallery-zip', { count: part.length });
          await uploads.sendDocument(chat, new InputFile(await zipOf(part, media), name), { caption });
        }
      });
    }),
  );
};

/** A document may have 50 MB, including what the ZIP adds to the pictures. */
const partLimit = 45 * 1024 * 1024;

function inParts(images: readonly ImageRow[]): ImageRow[][] {
  const parts: ImageRow[][] = [];
  let room = 0;
  for (const image of images) {
    const last = parts.at(-1);
    if (last === undefined || image.bytes > room) {
      parts.push([image]);
      room = partLimit - image.bytes;
    } else {
      last.push(image);
      room -= image.bytes;
    }
  }
  return parts;
}

/** A picture whose file is gone is left out. */
function withoutMissing(error: unknown): null {
  if (error instanceof NoSuchFile) return null;
  throw error;
}

/** Pictures are compressed already, so they are only put together. */
async function zipOf(images: readonly ImageRow[], media: MediaStore): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  for (const image of images) {
    const bytes = await media.bytes(image.mediaKey).catch(withoutMissing);
    if (bytes !== null) zip.addBuffer(bytes, nameOf(image), { compress: false, mtime: image.createdAt });
  }
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

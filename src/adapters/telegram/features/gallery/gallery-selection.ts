import { InputFile } from 'grammy';
import yazl from 'yazl';
import { mostImagesAtOnce } from '../../../../application/gallery/change-images.js';
import type { GalleryStart } from '../../../../application/gallery/list-images.js';
import { type MediaStore, NoSuchFile } from '../../../../application/ports/media-store.js';
import type { GalleryView } from '../../../../application/ports/stores/chat/gallery-view-store.js';
import { DomainError } from '../../../../domain/errors.js';
import type { BotContext } from '../../bot-context.js';
import type { Feature } from '../../bot-services.js';
import * as buttons from '../../buttons/gallery-buttons.js';
import { onButton } from '../../buttons/on-button.js';
import { nameOf, type Picture } from '../../delivery/results/photo-files.js';
import { takeBack } from '../../delivery/results/take-back.js';
import { oncePerTap } from '../../middleware/one-tap.js';
import { deletedText } from './gallery-cards.js';
import { GalleryGrid, type GridState } from './gallery-grid.js';

/** Several pictures at once: chosen by their numbers, then as a ZIP, among the favourites, or deleted. */
export const gallerySelectionFeature: Feature = (composer, services) => {
  const grid = new GalleryGrid(services);
  const { database, changeImages, clock, background, uploads, media } = services;

  const save = (view: GalleryView) => database.stores.galleryViews.save(view, clock.now());

  onButton(composer, buttons.galleryTickButton, async (context, { view: id, image, on }) => {
    const view = await grid.viewOf(context, id);
    const page = await grid.look(view, { at: firstShown(context) ?? image });
    const others = view.selection.filter((each) => each !== image);
    if (on && others.length >= mostImagesAtOnce) {
      const text = context.user.texts.plain('gallery-too-many', { most: mostImagesAtOnce });
      return context.answerCallbackQuery({ text, show_alert: true });
    }
    // Whatever a button says: only what is theirs and shown here can be chosen.
    const isShown = page.images.some((each) => each.id === image);
    const next = { ...view, selection: on && isShown ? [...others, image] : others };
    await save(next);
    await grid.showWords(context, next, page, { isSelecting: true });
  });

  onButton(composer, buttons.galleryChosenButton, async (context, { view: id, image, action }) => {
    const { id: owner, texts } = context.user;
    const view = await grid.viewOf(context, id);
    const chosen = action === 'restore' ? view.removed : view.selection;
    // Where one was, whatever was deleted there.
    const here: GalleryStart = image === null ? {} : { at: image };
    const show = async (next: GalleryView, headline: GridState, from: GalleryStart = here) => {
      await save(next);
      await grid.show(context, next, await grid.look(next, from), headline);
    };
    // The second of two taps: what the first one deleted can still be brought back.
    if (chosen.length === 0) return show(view, { canRestore: view.removed.length > 0 });
    const images = await changeImages.execute({ images: [...chosen], change: action }, { owner });
    const count = images.length;
    const [first] = images;
    switch (action) {
      case 'favour':
        await context.answerCallbackQuery({ text: texts.plain('gallery-favoured', { count }) });
        return show({ ...view, selection: [] }, {});
      case 'restore':
        return show(
          { ...view, removed: [] },
          { headline: texts.html('gallery-restored', { count }) },
          first === undefined ? here : { around: first },
        );
      case 'delete': {
        const isGoneFromChat = await takeBack(services, images);
        const headline = deletedText(count, isGoneFromChat, texts);
        return show({ ...view, selection: [], removed: images }, { headline, canRestore: count > 0 });
      }
      default:
        return action satisfies never;
    }
  });

  onButton(composer, buttons.galleryZipButton, (context, { view: id }) =>
    oncePerTap(services, context, async () => {
      const { id: owner, texts } = context.user;
      const view = await grid.viewOf(context, id);
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

/** The first picture of the grid whose button was tapped. */
function firstShown({ callbackQuery }: BotContext): string | null {
  const keyboard = callbackQuery?.message?.reply_markup?.inline_keyboard ?? [];
  for (const button of keyboard.flat()) {
    const tick = 'callback_data' in button ? buttons.galleryTickButton.read(button.callback_data) : null;
    if (tick !== null) return tick.image;
  }
  return null;
}

/** A document may have 50 MB, including what the ZIP adds to the pictures. */
const partLimit = 45 * 1024 * 1024;

function inParts(images: readonly Picture[]): Picture[][] {
  const parts: Picture[][] = [];
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
async function zipOf(images: readonly Picture[], media: MediaStore): Promise<Buffer> {
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

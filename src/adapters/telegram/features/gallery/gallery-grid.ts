import { InputMediaBuilder } from 'grammy';
import type { GalleryPage } from '../../../../application/gallery/browse-gallery.js';
import type { GalleryStart } from '../../../../application/gallery/list-images.js';
import type { GalleryView } from '../../../../application/ports/stores/chat/gallery-view-store.js';
import type { GalleryFilter } from '../../../../application/ports/stores/gallery-store.js';
import { DomainError } from '../../../../domain/errors.js';
import type { BotContext } from '../../bot-context.js';
import type { BotServices } from '../../bot-services.js';
import { asCaption, asMarkup, editing, say, show } from '../../replies.js';
import { bestEffort } from '../../telegram-errors.js';
import { Html } from '../../wording/html.js';
import type { Translator } from '../../wording/translator.js';
import { firstWayOn } from '../way-on.js';
import { filterText } from './filter-texts.js';
import { type GridMode, gridKeyboard } from './grid-keyboard.js';
import { picturesInGrid } from './grid-pictures.js';

const dayMilliseconds = 86_400_000;
const picturesOnNumberedPage = 10;

/** What the grid says besides, and how it is shown. */
export interface GridState extends Partial<GridMode> {
  readonly headline?: Html | undefined;
}

/** Nine pictures in one, with a button for each. Filter and selection are stored in a row whose id is in the buttons. */
export class GalleryGrid {
  constructor(private readonly services: BotServices) {}

  /** A gallery of everything, at its newest pictures, in a new message. */
  async open(context: BotContext): Promise<void> {
    const { database, clock, ids } = this.services;
    const { id: owner, texts } = context.user;
    const view: GalleryView = { id: ids.uuid(), owner, filter: {}, selection: [], removed: [] };
    const page = await this.look(view, {});
    if (page.total === 0)
      return void (await say(context, texts.html('gallery-empty'), await firstWayOn(context, this.services)));
    await database.stores.galleryViews.save(view, clock.now());
    const { caption, keyboard } = await this.screen(context, view, page, {});
    await this.services.gridPictures.show(page.images, (media) =>
      context.replyWithPhoto(media, asCaption(caption, keyboard)),
    );
  }

  look({ owner, filter }: GalleryView, from: GalleryStart, limit = picturesInGrid): Promise<GalleryPage> {
    return this.services.browseGallery.execute({ filter, from }, { owner, limit });
  }

  /** @throws DomainError `not_found` when it is not theirs */
  async viewOf(context: BotContext, id: string): Promise<GalleryView> {
    const view = await this.services.database.stores.galleryViews.findOwned(context.user.id, id);
    if (view === null) throw new DomainError({ code: 'not_found', what: 'gallery' });
    return view;
  }

  /**
   * The grid in the tapped message of the gallery. A picture cannot become words, nor words a picture: then a new
   * message takes its place.
   */
  async show(
    context: BotContext,
    view: GalleryView,
    page: GalleryPage,
    headline: GridState = {},
  ): Promise<void> {
    const { caption, keyboard } = await this.screen(context, view, page, headline);
    const isPicture = context.callbackQuery?.message?.photo !== undefined;
    if (page.images.length === 0) await show(context, caption, keyboard);
    else
      await editing(() =>
        this.services.gridPictures.show(page.images, (media) => {
          if (!isPicture) return context.replyWithPhoto(media, asCaption(caption, keyboard));
          const photo = InputMediaBuilder.photo(media, asCaption(caption));
          return context.editMessageMedia(photo, { reply_markup: asMarkup(keyboard) });
        }),
      );
    const isReplaced = context.callbackQuery !== undefined && isPicture !== page.images.length > 0;
    if (isReplaced) await bestEffort(() => context.deleteMessage());
  }

  /** The same for a message that shows these pictures already. */
  async showWords(
    context: BotContext,
    view: GalleryView,
    page: GalleryPage,
    headline: GridState,
  ): Promise<void> {
    const { caption, keyboard } = await this.screen(context, view, page, headline);
    await editing(() => context.editMessageCaption(asCaption(caption, keyboard)));
  }

  /** Shows the newest pictures under the new filter. If there are none, says so, with a way out. */
  async filter(
    context: BotContext,
    viewId: string,
    change: (filter: GalleryFilter) => GalleryFilter,
  ): Promise<void> {
    const { database, clock } = this.services;
    const view = await this.viewOf(context, viewId);
    const page = await this.look({ ...view, filter: change(view.filter) }, {});
    const next = { ...view, filter: page.filter };
    await database.stores.galleryViews.save(next, clock.now());
    await this.show(context, next, page);
  }

  /** Begins with the first picture of a page, as it was counted when pages had numbers. */
  async jump(context: BotContext, viewId: string, page: string): Promise<void> {
    const view = await this.viewOf(context, viewId);
    const { images } = await this.look(view, { page }, picturesOnNumberedPage);
    const [first] = images;
    await this.show(context, view, await this.look(view, first === undefined ? {} : { at: first.id }));
  }

  private async screen(
    context: BotContext,
    view: GalleryView,
    page: GalleryPage,
    { headline, ...mode }: GridState,
  ) {
    const { texts } = context.user;
    const avatars = await this.services.database.stores.avatars.list(view.owner);
    const filters = filterText(view.filter, avatars, texts);
    const { isSelecting = false, canRestore = false } = mode;
    const caption = Html.join([
      headline,
      ...(page.images.length === 0 ? nothing(filters, texts) : rangeOf(page, filters, texts)),
      isSelecting && texts.html('gallery-selecting', { count: view.selection.length }),
    ]);
    return { caption, keyboard: gridKeyboard(view, page, { isSelecting, canRestore }, texts) };
  }
}

const nothing = (filters: string, texts: Translator): Html[] => [
  filters === '' ? texts.html('gallery-empty') : texts.html('gallery-nothing', { filters }),
];

function rangeOf(
  { images, newer, total }: GalleryPage,
  filters: string,
  texts: Translator,
): (Html | false)[] {
  const [to = 0, from = 0] = [images[0], images.at(-1)].map((image) => image?.createdAt.getTime());
  const isOneDay = Math.floor(to / dayMilliseconds) === Math.floor(from / dayMilliseconds);
  return [
    texts.html('gallery-grid', { from: newer + 1, to: newer + images.length, count: images.length, total }),
    isOneDay
      ? texts.html('gallery-grid-day', { at: new Date(to) })
      : texts.html('gallery-grid-days', { from: new Date(from), to: new Date(to) }),
    filters !== '' && texts.html('gallery-filters', { filters }),
  ];
}

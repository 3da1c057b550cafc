import { InputMediaBuilder } from 'grammy';
import type { GalleryPage, GalleryStart } from '../../../../application/gallery/browse-gallery.js';
import type { GalleryView } from '../../../../application/ports/stores/chat/gallery-view-store.js';
import type { GalleryFilter } from '../../../../application/ports/stores/gallery-store.js';
import { DomainError } from '../../../../domain/errors.js';
import { cut } from '../../../../domain/text/cut-text.js';
import type { BotContext } from '../../bot-context.js';
import type { BotServices } from '../../bot-services.js';
import type { GalleryMenu } from '../../buttons/gallery-buttons.js';
import type { SendableImage } from '../../delivery/results/photo-files.js';
import { shownNames } from '../../delivery/results/result-texts.js';
import { asCaption, asMarkup, editing, say } from '../../replies.js';
import { Html } from '../../wording/html.js';
import type { Translator } from '../../wording/translator.js';
import { type CardFacts, galleryKeyboard } from './gallery-keyboard.js';

/** The cards of the gallery. Filter and selection are stored in a row whose id is in the buttons. */
export class GalleryScreens {
  constructor(private readonly services: BotServices) {}

  /** A gallery of everything, at its newest picture, in a new message. */
  async open(context: BotContext): Promise<void> {
    const { database, clock, ids } = this.services;
    const view: GalleryView = {
      id: ids.uuid(),
      owner: context.user.id,
      filter: {},
      selection: [],
      removed: [],
    };
    await database.stores.galleryViews.save(view, clock.now());
    const page = await this.look(view, {});
    if (page.images.length === 0) await say(context, context.user.texts.html('gallery-empty'));
    else await this.card(context, view, page);
  }

  look({ owner, filter }: GalleryView, from: GalleryStart, limit = 1): Promise<GalleryPage> {
    return this.services.browseGallery.execute({ filter, from }, { owner, limit });
  }

  /** @throws DomainError `not_found` when it is not theirs */
  async viewOf(context: BotContext, id: string): Promise<GalleryView> {
    const view = await this.services.database.stores.galleryViews.findOwned(context.user.id, id);
    if (view === null) throw new DomainError({ code: 'not_found', what: 'gallery' });
    return view;
  }

  /** The picture in the tapped message, or a new one where there is none. */
  async card(
    context: BotContext,
    view: GalleryView,
    { images: [item], total, newer }: GalleryPage,
    menu: GalleryMenu | 'card' = 'card',
  ): Promise<void> {
    if (item === undefined) return this.tellNothing(context);
    const { database, files, policy: prices } = this.services;
    const avatars = await database.stores.avatars.list(view.owner);
    const facts = { view, item, number: newer + 1, total, avatars, prices };
    const { texts } = context.user;
    const keyboard = galleryKeyboard(facts, menu, texts);
    const put = async ({ media, isMissing = false }: SendableImage) => {
      const caption = Html.join([isMissing && texts.html('gallery-card-missing'), cardCaption(facts, texts)]);
      const isInPlace = context.callbackQuery?.message?.photo !== undefined;
      if (!isInPlace) return context.replyWithPhoto(media, asCaption(caption, keyboard));
      const photo = InputMediaBuilder.photo(media, asCaption(caption));
      return context.editMessageMedia(photo, { reply_markup: asMarkup(keyboard) });
    };
    await editing(() => files.show([item], 'photo', (photos) => Promise.all(photos.map(put))));
  }

  /** Shows the newest picture under the new filter. If there is none, says so and leaves the filter as it was. */
  async filter(
    context: BotContext,
    viewId: string,
    change: (filter: GalleryFilter) => GalleryFilter,
  ): Promise<void> {
    const { database, clock } = this.services;
    const view = await this.viewOf(context, viewId);
    const page = await this.look({ ...view, filter: change(view.filter) }, {});
    const next = { ...view, filter: page.filter };
    if (page.images.length > 0) await database.stores.galleryViews.save(next, clock.now());
    await this.card(context, next, page);
  }

  /** Shows the first picture of a page. */
  async jump(context: BotContext, viewId: string, page: string): Promise<void> {
    const view = await this.viewOf(context, viewId);
    await this.card(context, view, await this.look(view, { page }, picturesOnPage));
  }

  private async tellNothing(context: BotContext): Promise<void> {
    const { texts } = context.user;
    if (context.callbackQuery === undefined) await say(context, texts.html('gallery-nothing'));
    else await context.answerCallbackQuery({ text: texts.plain('gallery-nothing'), show_alert: true });
  }
}

export const picturesOnPage = 10;

function cardCaption({ item, number, total, avatars, view }: CardFacts, texts: Translator): Html {
  const { avatar, preset, favourites, days, words } = view.filter;
  const nameOf = (id: string | null | undefined) =>
    avatars.find((each) => each.id === id)?.name ?? texts.plain('no-avatar-any-more');
  const filters = [
    avatar === undefined ? null : nameOf(avatar),
    preset === undefined ? null : texts.plain(`preset-${preset}`),
    favourites === true ? '❤' : null,
    days === undefined ? null : texts.plain('button-filter-last-days', { days }),
    words === undefined ? null : texts.plain('gallery-card-words', { words }),
  ].filter((text) => text !== null);
  return Html.join([
    texts.html('gallery-card', { number, total, heart: item.favourite ? ' ❤' : '' }),
    item.preset === null
      ? texts.html('gallery-card-upscale', { at: item.createdAt })
      : texts.html('gallery-card-made', {
          avatar: shownNames(item, { avatar: nameOf(item.avatar), companion: nameOf(item.companion) }, texts),
          preset: texts.plain(`preset-${item.preset}`),
          at: item.createdAt,
        }),
    texts.html('gallery-card-prompt', { prompt: cut(item.prompt, 500) }),
    filters.length > 0 && texts.html('gallery-card-filters', { filters: filters.join(' · ') }),
  ]);
}

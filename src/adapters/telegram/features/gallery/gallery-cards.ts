import { InputMediaBuilder } from 'grammy';
import type { GalleryPage } from '../../../../application/gallery/browse-gallery.js';
import type { GalleryView } from '../../../../application/ports/stores/chat/gallery-view-store.js';
import { cut } from '../../../../domain/text/cut-text.js';
import type { BotContext } from '../../bot-context.js';
import type { BotServices } from '../../bot-services.js';
import type { SendableImage } from '../../delivery/results/photo-files.js';
import { shownNames } from '../../delivery/results/result-texts.js';
import { asCaption, asMarkup, editing } from '../../replies.js';
import { Html } from '../../wording/html.js';
import type { Translator } from '../../wording/translator.js';
import { type CardFacts, cardKeyboard } from './card-keyboard.js';
import { filterText } from './filter-texts.js';

/** One that was deleted just now, and whether its message went, too. */
export interface JustDeleted {
  readonly image: string;
  readonly isGoneFromChat: boolean;
}

/** One picture of the gallery, large. */
export class GalleryCards {
  constructor(private readonly services: BotServices) {}

  /** The first picture of the page, in the tapped message or in a new one where there is none to change. */
  async show(
    context: BotContext,
    view: GalleryView,
    { images: [item], total, newer }: GalleryPage,
    deleted?: JustDeleted,
  ): Promise<void> {
    if (item === undefined) return;
    const { database, files } = this.services;
    const avatars = await database.stores.avatars.list(view.owner);
    const facts = { view, item, number: newer + 1, total, avatars, deleted: deleted?.image };
    const { texts } = context.user;
    const keyboard = cardKeyboard(facts, texts);
    const put = async ({ media, isMissing = false }: SendableImage) => {
      const caption = Html.join([
        deleted !== undefined && deletedText(1, deleted.isGoneFromChat, texts),
        isMissing && texts.html('gallery-card-missing'),
        cardCaption(facts, texts),
      ]);
      const isInPlace = context.callbackQuery?.message?.photo !== undefined;
      if (!isInPlace) return context.replyWithPhoto(media, asCaption(caption, keyboard));
      const photo = InputMediaBuilder.photo(media, asCaption(caption));
      return context.editMessageMedia(photo, { reply_markup: asMarkup(keyboard) });
    };
    await editing(() => files.show([item], 'photo', (photos) => Promise.all(photos.map(put))));
  }
}

/** Pictures deleted just now went from the gallery, and perhaps their messages from the chat. */
export const deletedText = (count: number, isGoneFromChat: boolean, texts: Translator): Html =>
  texts.html('gallery-deleted', { count, where: isGoneFromChat ? 'chat' : 'gallery' });

function cardCaption({ item, number, total, avatars, view }: CardFacts, texts: Translator): Html {
  const nameOf = (id: string | null | undefined) =>
    avatars.find((each) => each.id === id)?.name ?? texts.plain('no-avatar-any-more');
  const filters = filterText(view.filter, avatars, texts);
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
    filters !== '' && texts.html('gallery-filters', { filters }),
  ]);
}

import { mostImagesAtOnce } from '../../../../application/gallery/change-images.js';
import type { GalleryStart } from '../../../../application/gallery/list-images.js';
import { ownImage } from '../../../../application/gallery/own-image.js';
import { priceAgain, priceOfVariation } from '../../../../domain/generation/picture-price.js';
import { upscalePrice } from '../../../../domain/generation/upscale.js';
import type { BotContext } from '../../bot-context.js';
import type { Feature } from '../../bot-services.js';
import * as buttons from '../../buttons/gallery-buttons.js';
import { onButton } from '../../buttons/on-button.js';
import { openGalleryButton } from '../../buttons/start-buttons.js';
import { takeBack } from '../../delivery/results/take-back.js';
import { showKeyboard } from '../../replies.js';
import { Questions } from '../questions.js';
import { menuKeyboard, moreKeyboard, varyKeyboard } from './card-keyboard.js';
import { GalleryCards } from './gallery-cards.js';
import { GalleryGrid } from './gallery-grid.js';
import { dateKeyboard, endOfDay } from './grid-keyboard.js';
import { picturesInGrid } from './grid-pictures.js';

/** All pictures of a person, newest first: nine at a glance, or one of them large. */
export const galleryFeature: Feature = (composer, services) => {
  const grid = new GalleryGrid(services);
  const cards = new GalleryCards(services);
  const questions = new Questions(services);
  const { changeImage, database, clock, policy } = services;

  const askFor = async (context: BotContext, kind: 'gallery-words' | 'gallery-page', view: string) => {
    await grid.viewOf(context, view);
    await context.answerCallbackQuery();
    await questions.ask(context, { kind, subject: view });
  };

  const changed = async (
    context: BotContext,
    { view: id, image }: { view: string; image: string },
    change: 'favour' | 'unfavour' | 'restore',
  ) => {
    const view = await grid.viewOf(context, id);
    await changeImage.execute({ image, change }, { owner: context.user.id });
    await cards.show(context, view, await grid.look(view, { at: image }, 1));
  };

  composer.command('gallery', (context) => grid.open(context));
  onButton(composer, openGalleryButton, (context) => grid.open(context));
  onButton(composer, buttons.galleryGridButton, async (context, { view: id, image, move, select }) => {
    const view = await grid.viewOf(context, id);
    const found = await grid.look(view, startOf(move, image));
    // So that the first grid is a full one.
    const isTop = move === 'newer' && found.images.length < picturesInGrid;
    await grid.show(context, view, isTop ? await grid.look(view, {}) : found, { isSelecting: select });
  });
  onButton(composer, buttons.galleryAlbumButton, async (context, { view: id, image }) => {
    const view = await grid.viewOf(context, id);
    await grid.show(context, view, await grid.look(view, { around: image }));
  });
  onButton(composer, buttons.galleryMoveButton, async (context, { view: id, image, move }) => {
    const view = await grid.viewOf(context, id);
    const page = await grid.look(view, startOf(move, image), 1);
    if (page.images.length > 0) return cards.show(context, view, page);
    await context.answerCallbackQuery({ text: context.user.texts.plain('gallery-no-more') });
  });
  onButton(composer, buttons.galleryMenuButton, async (context, { view: id, image, menu }) => {
    const { id: owner, texts } = context.user;
    const { gallery, avatars, generations } = database.stores;
    const view = await grid.viewOf(context, id);
    const theirs = { view, avatars: await avatars.list(owner) };
    if (menu !== 'more' && menu !== 'vary')
      return showKeyboard(context, menuKeyboard({ ...theirs, image }, menu, texts));
    const item = await ownImage(gallery, owner, image ?? '');
    const job = await generations.find(item.generation);
    const credits = {
      enlarged: upscalePrice(policy.priceUpscale, item),
      again: job === null ? 0 : priceAgain(job, policy),
      varied: job === null ? 0 : priceOfVariation(job, policy),
    };
    const keyboard = menu === 'vary' ? varyKeyboard : moreKeyboard;
    return showKeyboard(context, keyboard({ ...theirs, item, credits }, texts));
  });
  onButton(composer, buttons.galleryDatesButton, async (context, at) => {
    const { id: owner, texts } = context.user;
    const { filter } = await grid.viewOf(context, at.view);
    const days = await database.stores.gallery.days({ owner, filter, now: clock.now() });
    await showKeyboard(context, dateKeyboard(days, at, texts));
  });
  onButton(composer, buttons.galleryDayButton, async (context, { view: id, day }) => {
    const view = await grid.viewOf(context, id);
    await grid.show(context, view, await grid.look(view, { until: endOfDay(day) }));
  });
  onButton(composer, buttons.galleryFavouriteButton, (context, { on, ...at }) =>
    changed(context, at, on ? 'favour' : 'unfavour'),
  );
  onButton(composer, buttons.gallerySelectButton, async (context, { view: id, image, on }) => {
    const view = await grid.viewOf(context, id);
    const page = await grid.look(view, { at: image }, 1);
    const others = view.selection.filter((each) => each !== image);
    const selection = on ? [...others, image].slice(-mostImagesAtOnce) : others;
    await database.stores.galleryViews.save({ ...view, selection }, clock.now());
    await cards.show(context, { ...view, selection }, page);
  });
  onButton(composer, buttons.galleryDeleteButton, async (context, { view: id, image }) => {
    const view = await grid.viewOf(context, id);
    await changeImage.execute({ image, change: 'delete' }, { owner: context.user.id });
    const { texts } = context.user;
    await context.answerCallbackQuery({ text: texts.plain('deleted') });
    const deleted = { image, isGoneFromChat: await takeBack(services, [image]) };
    const selection = view.selection.filter((each) => each !== image);
    const next = { ...view, selection, removed: [image] };
    await database.stores.galleryViews.save(next, clock.now());
    const page = await grid.look(view, { at: image }, 1);
    if (page.images.length > 0) return cards.show(context, next, page, deleted);
    return grid.show(context, next, page, { canRestore: true });
  });
  onButton(composer, buttons.galleryUndeleteButton, (context, at) => changed(context, at, 'restore'));
  onButton(composer, buttons.gallerySearchButton, (context, { view }) =>
    askFor(context, 'gallery-words', view),
  );
  onButton(composer, buttons.galleryJumpButton, (context, { view }) => askFor(context, 'gallery-page', view));
  onButton(composer, buttons.filterAvatarButton, (context, { view, avatar }) =>
    grid.filter(context, view, (filter) => ({ ...filter, avatar: avatar ?? undefined })),
  );
  onButton(composer, buttons.filterPresetButton, (context, { view, preset }) =>
    grid.filter(context, view, (filter) => ({ ...filter, preset: preset ?? undefined })),
  );
  onButton(composer, buttons.filterFavouritesButton, (context, { view, on }) =>
    grid.filter(context, view, (filter) => ({ ...filter, favourites: on || undefined })),
  );
  onButton(composer, buttons.filterDaysButton, (context, { view, days }) =>
    grid.filter(context, view, (filter) => ({ ...filter, days: days === 0 ? undefined : days })),
  );
  onButton(composer, buttons.filterWordsOnlyButton, (context, { view }) =>
    grid.filter(context, view, ({ words }) => ({ words })),
  );
  onButton(composer, buttons.filterClearButton, (context, { view }) =>
    grid.filter(context, view, () => ({})),
  );
};

function startOf(move: buttons.GalleryMove, image: string | null): GalleryStart {
  if (image === null || move === 'first') return {};
  if (move === 'here') return { at: image };
  return move === 'older' ? { after: image } : { before: image };
}

import type { GalleryStart } from '../../../../application/gallery/browse-gallery.js';
import type { BotContext } from '../../bot-context.js';
import type { Feature } from '../../bot-services.js';
import * as buttons from '../../buttons/gallery-buttons.js';
import { onButton } from '../../buttons/on-button.js';
import { openGalleryButton } from '../../buttons/start-buttons.js';
import { asCaption } from '../../replies.js';
import { Questions } from '../questions.js';
import { GalleryScreens } from './gallery-screens.js';

/** All pictures of a person, newest first, one card at a time. */
export const galleryFeature: Feature = (composer, services) => {
  const screens = new GalleryScreens(services);
  const questions = new Questions(services);
  const { changeImage, database, clock } = services;

  const askFor = async (context: BotContext, kind: 'gallery-words' | 'gallery-page', view: string) => {
    await screens.viewOf(context, view);
    await context.answerCallbackQuery();
    await questions.ask(context, { kind, subject: view });
  };

  const changed = async (
    context: BotContext,
    { view: id, image }: { view: string; image: string },
    change: 'favour' | 'unfavour' | 'restore',
  ) => {
    const view = await screens.viewOf(context, id);
    await changeImage.execute({ image, change }, { owner: context.user.id });
    await screens.card(context, view, await screens.look(view, { at: image }));
  };

  composer.command('gallery', (context) => screens.open(context));
  onButton(composer, openGalleryButton, (context) => screens.open(context));
  onButton(composer, buttons.galleryMoveButton, async (context, { view: id, image, move }) => {
    const view = await screens.viewOf(context, id);
    const page = await screens.look(view, startOf(move, image));
    if (page.images.length > 0) return screens.card(context, view, page);
    await context.answerCallbackQuery({ text: context.user.texts.plain('gallery-no-more') });
  });
  onButton(composer, buttons.galleryMenuButton, async (context, { view: id, image, menu }) => {
    const view = await screens.viewOf(context, id);
    await screens.card(context, view, await screens.look(view, { at: image }), menu);
  });
  onButton(composer, buttons.galleryFavouriteButton, (context, { on, ...at }) =>
    changed(context, at, on ? 'favour' : 'unfavour'),
  );
  onButton(composer, buttons.gallerySelectButton, async (context, { view: id, image, on }) => {
    const view = await screens.viewOf(context, id);
    const page = await screens.look(view, { at: image });
    const others = view.selection.filter((each) => each !== image);
    const selection = on ? [...others, image].slice(-selectionLimit) : others;
    await database.stores.galleryViews.save({ ...view, selection }, clock.now());
    await screens.card(context, { ...view, selection }, page);
  });
  onButton(composer, buttons.galleryDeleteButton, async (context, { view: id, image }) => {
    const view = await screens.viewOf(context, id);
    await changeImage.execute({ image, change: 'delete' }, { owner: context.user.id });
    const { texts } = context.user;
    await context.answerCallbackQuery({ text: texts.plain('deleted') });
    const undo = buttons.galleryUndeleteButton.button(texts.plain('button-undelete'), { view: id, image });
    const on = buttons.galleryMoveButton.button(texts.plain('button-gallery-first'), {
      view: view.id,
      image: null,
      move: 'first',
    });
    await context.editMessageCaption(asCaption(texts.html('gallery-deleted'), [[undo], [on]]));
  });
  onButton(composer, buttons.galleryUndeleteButton, (context, at) => changed(context, at, 'restore'));
  onButton(composer, buttons.gallerySearchButton, (context, { view }) =>
    askFor(context, 'gallery-words', view),
  );
  onButton(composer, buttons.galleryJumpButton, (context, { view }) => askFor(context, 'gallery-page', view));
  onButton(composer, buttons.filterAvatarButton, (context, { view, avatar }) =>
    screens.filter(context, view, (filter) => ({ ...filter, avatar: avatar ?? undefined })),
  );
  onButton(composer, buttons.filterPresetButton, (context, { view, preset }) =>
    screens.filter(context, view, (filter) => ({ ...filter, preset: preset ?? undefined })),
  );
  onButton(composer, buttons.filterFavouritesButton, (context, { view, on }) =>
    screens.filter(context, view, (filter) => ({ ...filter, favourites: on || undefined })),
  );
  onButton(composer, buttons.filterDaysButton, (context, { view, days }) =>
    screens.filter(context, view, (filter) => ({ ...filter, days: days === 0 ? undefined : days })),
  );
  onButton(composer, buttons.filterClearButton, (context, { view }) =>
    screens.filter(context, view, () => ({})),
  );
};

function startOf(move: buttons.GalleryMove, image: string | null): GalleryStart {
  if (image === null || move === 'first') return {};
  if (move === 'here') return { at: image };
  return move === 'older' ? { after: image } : { before: image };
}

/** About as many pictures as one ZIP document holds. */
const selectionLimit = 100;

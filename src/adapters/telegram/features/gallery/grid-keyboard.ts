import type { InlineKeyboardButton } from 'grammy/types';
import type { GalleryPage } from '../../../../application/gallery/browse-gallery.js';
import type { GalleryView } from '../../../../application/ports/stores/chat/gallery-view-store.js';
import type { GalleryItem } from '../../../../application/ports/stores/gallery-store.js';
import { asDeleting } from '../../buttons/button-kind.js';
import * as buttons from '../../buttons/gallery-buttons.js';
import { inRows } from '../../delivery/results/result-keyboard.js';
import type { Keyboard } from '../../replies.js';
import type { Translator } from '../../wording/translator.js';

type Row = InlineKeyboardButton[];

/** How the grid is shown. */
export interface GridMode {
  /** Its numbers choose instead of opening. */
  readonly isSelecting: boolean;
  /** What was deleted just now can be brought back. */
  readonly canRestore: boolean;
}

/** Numbers in rows as in the picture, then where to go and what to do. */
export function gridKeyboard(
  view: GalleryView,
  page: GalleryPage,
  mode: GridMode,
  texts: Translator,
): Keyboard {
  const { images } = page;
  const numbers = images.map((item, index) =>
    mode.isSelecting ? tick(view, item, index + 1) : open(view, item, index + 1),
  );
  const rows = [
    ...inRows(numbers, 3),
    moves(view, page, mode, texts),
    ...(mode.isSelecting ? chosenRows(view, images, texts) : [tools(view, page, texts)]),
    mode.isSelecting ? [] : ways(view, texts),
    mode.canRestore ? [restore(view, images[0], texts)] : [],
  ];
  return rows.filter(({ length }) => length > 0);
}

const open = (view: GalleryView, { id: image }: GalleryItem, number: number) =>
  buttons.galleryMoveButton.button(String(number), { view: view.id, image, move: 'here' });

function tick(view: GalleryView, { id: image }: GalleryItem, number: number) {
  const isChosen = view.selection.includes(image);
  return buttons.galleryTickButton.choice(isChosen, String(number), { view: view.id, image, on: !isChosen });
}

function moves(
  view: GalleryView,
  page: GalleryPage,
  { isSelecting: select }: GridMode,
  texts: Translator,
): Row {
  const { images, newer, total } = page;
  const [first, last] = [images[0]?.id ?? null, images.at(-1)?.id ?? null];
  const to = (move: 'newer' | 'older', image: string | null) =>
    buttons.galleryGridButton.button(texts.plain(`button-gallery-${move}`), {
      view: view.id,
      image,
      move,
      select,
    });
  const dates = buttons.galleryDatesButton.button(texts.plain('button-gallery-go'), {
    view: view.id,
    image: first,
    month: 0,
  });
  const [hasNewer, hasOlder] = [newer > 0, newer + images.length < total];
  return [
    ...(hasNewer ? [to('newer', first)] : []),
    ...(!select && (hasNewer || hasOlder) ? [dates] : []),
    ...(hasOlder ? [to('older', last)] : []),
  ];
}

function tools(view: GalleryView, { images: [first] }: GalleryPage, texts: Translator): Row {
  const at = { view: view.id, image: first?.id ?? null };
  return [
    ...(first === undefined ? [] : [selecting(view, first, true, texts.plain('button-gallery-select'))]),
    buttons.galleryMenuButton.button(texts.plain('button-gallery-filters'), { ...at, menu: 'filters' }),
    buttons.gallerySearchButton.button(texts.plain('button-gallery-search'), { view: view.id }),
  ];
}

/** Out of a filter. */
function ways({ id: view, filter }: GalleryView, texts: Translator): Row {
  const names = Object.keys(filter);
  const everywhere = buttons.filterWordsOnlyButton.button(texts.plain('button-search-everywhere'), { view });
  return [
    ...(filter.words !== undefined && names.length > 1 ? [everywhere] : []),
    ...(names.length > 0
      ? [buttons.filterClearButton.button(texts.plain('button-filter-clear'), { view })]
      : []),
  ];
}

function chosenRows(view: GalleryView, [first]: readonly GalleryItem[], texts: Translator): Row[] {
  const count = view.selection.length;
  const at = { view: view.id, image: first?.id ?? null };
  const act = (action: 'favour' | 'delete', label: string) =>
    buttons.galleryChosenButton.button(label, { ...at, action });
  const done = selecting(view, first, false, texts.plain('button-gallery-done'));
  if (count === 0) return [[done]];
  return [
    [
      buttons.galleryZipButton.button(texts.plain('button-gallery-zip', { count }), { view: view.id }),
      act('favour', texts.plain('button-favour')),
    ],
    [{ ...act('delete', texts.plain('button-gallery-delete', { count })), ...asDeleting }, done],
  ];
}

const selecting = (view: GalleryView, first: GalleryItem | undefined, select: boolean, label: string) =>
  buttons.galleryGridButton.button(label, { view: view.id, image: first?.id ?? null, move: 'here', select });

const restore = (view: GalleryView, first: GalleryItem | undefined, texts: Translator) =>
  buttons.galleryChosenButton.button(texts.plain('button-undelete'), {
    view: view.id,
    image: first?.id ?? null,
    action: 'restore',
  });

/** The months with pictures; of one month, its days. */
export function dateKeyboard(
  days: readonly Date[],
  { view, image, month }: { view: string; image: string | null; month: number },
  texts: Translator,
): Keyboard {
  const back = buttons.galleryGridButton.button(texts.plain('button-back'), {
    view,
    image,
    move: 'here',
    select: false,
  });
  const months = [...new Map(days.map((day) => [monthOf(day), day]))].slice(0, mostMonths);
  const [only] = months;
  const shown = month === 0 && months.length === 1 && only !== undefined ? only[0] : month;
  if (shown === 0)
    return [
      ...inRows(
        months.map(([number, at]) =>
          buttons.galleryDatesButton.button(texts.plain('gallery-month', { at }), {
            view,
            image,
            month: number,
          }),
        ),
        3,
      ),
      [back],
    ];
  const each = days
    .filter((day) => monthOf(day) === shown)
    .map((at) =>
      buttons.galleryDayButton.button(texts.plain('gallery-day', { at }), { view, day: dayNumber(at) }),
    );
  const others =
    months.length === 1
      ? []
      : [buttons.galleryDatesButton.button(texts.plain('button-gallery-months'), { view, image, month: 0 })];
  return [...inRows(each, 4), [...others, back]];
}

/** Telegram takes a hundred buttons under a message. */
const mostMonths = 60;

const monthOf = (day: Date): number => (day.getUTCFullYear() % 100) * 100 + day.getUTCMonth() + 1;

const dayNumber = (day: Date): number => monthOf(day) * 100 + day.getUTCDate();

/** The first moment after the day of a button. */
export function endOfDay(number: number): number {
  const [year, month, day] = [Math.floor(number / 10_000), Math.floor(number / 100) % 100, number % 100];
  return Date.UTC(2000 + year, month - 1, day + 1);
}

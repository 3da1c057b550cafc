import type { GalleryFilter } from '../../../../application/ports/stores/gallery-store.js';
import type { Avatar } from '../../../../domain/avatar/avatar.js';
import type { Translator } from '../../wording/translator.js';

/** What a filter lets through, in words: `“beach” in prompts of Max · Ultra`. Empty when it lets everything through. */
export function filterText(filter: GalleryFilter, avatars: readonly Avatar[], texts: Translator): string {
  const { words } = filter;
  const name = nameIn(filter, avatars, texts);
  const found =
    words === undefined
      ? name
      : texts.plain('gallery-filter-words', {
          words,
          where: name === null ? 'all' : 'one',
          name: name ?? '',
        });
  return [found, ...otherParts(filter, texts)].filter((part) => part !== null).join(' · ');
}

/** Where words are looked for: `in prompts of Max · Ultra`. */
export function searchedText(filter: GalleryFilter, avatars: readonly Avatar[], texts: Translator): string {
  const name = nameIn(filter, avatars, texts);
  const where = texts.plain('gallery-filter-prompts', {
    where: name === null ? 'all' : 'one',
    name: name ?? '',
  });
  return [where, ...otherParts(filter, texts)].filter((part) => part !== null).join(' · ');
}

const nameIn = ({ avatar }: GalleryFilter, avatars: readonly Avatar[], texts: Translator): string | null =>
  avatar === undefined
    ? null
    : (avatars.find(({ id }) => id === avatar)?.name ?? texts.plain('no-avatar-any-more'));

const otherParts = ({ preset, favourites, days }: GalleryFilter, texts: Translator) => [
  preset === undefined ? null : texts.plain(`preset-${preset}`),
  favourites === true ? texts.plain('gallery-filter-favourites') : null,
  days === undefined ? null : texts.plain('button-filter-last-days', { days }),
];

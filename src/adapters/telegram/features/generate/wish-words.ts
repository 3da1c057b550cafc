import type { InlineKeyboardButton } from 'grammy/types';
import type { WishDescription } from '../../../../application/composer/describe-wish.js';
import { cut } from '../../../../domain/text/cut-text.js';
import * as buttons from '../../buttons/wish-buttons.js';
import { inRows } from '../../delivery/results/result-keyboard.js';
import type { Keyboard } from '../../speaking.js';
import { chosen } from '../../wording/chosen.js';
import { Html } from '../../wording/html.js';
import { ratioOf } from '../../wording/ratio.js';
import type { Words } from '../../wording/words.js';

export interface Screen {
  readonly text: Html;
  readonly keyboard: Keyboard;
}

const counts = [1, 2, 3, 4];

/** What the guided screen says and offers. Only what works is offered. */
export function wishScreen(
  description: WishDescription,
  menu: buttons.WishMenu,
  words: Words,
  options: { canImprove: boolean; isBusy?: boolean },
): Screen {
  return {
    text: wishText(description, words, options),
    keyboard: wishKeyboard(description, menu, words, options),
  };
}

function wishText(
  { wish, avatar, companion, choices }: WishDescription,
  words: Words,
  { isBusy = false }: { isBusy?: boolean },
): Html {
  const { seed } = wish.overrides;
  return Html.join([
    words.html('wish-title'),
    words.html('wish-choices', {
      avatar: [avatar?.name ?? '–', ...(companion === null ? [] : [companion.name])].join(' + '),
      preset: words.plain(`preset-${choices.preset}`),
      ratio: choices.aspectRatio ?? ratioOf(choices.preset),
      count: choices.count,
    }),
    seed !== undefined && words.html('wish-seed', { seed: String(seed) }),
    wish.prompt === null
      ? words.html('wish-say')
      : words.html('wish-prompt', { prompt: cut(wish.prompt, 1500) }),
    wish.suggestion !== null && words.html('wish-suggestion', { prompt: cut(wish.suggestion, 1500) }),
    isBusy && words.html('wish-improving'),
  ]);
}

function wishKeyboard(
  description: WishDescription,
  menu: buttons.WishMenu,
  words: Words,
  options: { canImprove: boolean; isBusy?: boolean },
): Keyboard {
  const { wish, avatars, presets, ratios, choices } = description;
  const id = { wish: wish.id };
  const back = [buttons.wishMenuButton.button(words.plain('button-back'), { ...id, menu: 'main' })];
  switch (menu) {
    case 'avatar':
      return [
        ...avatars.map(({ id: avatar, name, isMain }) => [
          buttons.wishAvatarButton.button(
            chosen(avatar === choices.avatar, `${isMain ? '⭐ ' : ''}${cut(name, 40)}`),
            { ...id, avatar },
          ),
        ]),
        back,
      ];
    case 'companion':
      return [
        [
          buttons.wishCompanionButton.button(
            chosen(description.companion === null, words.plain('wish-no-companion')),
            { ...id, avatar: null },
          ),
        ],
        ...description.companions.map(({ id: avatar, name }) => [
          buttons.wishCompanionButton.button(chosen(avatar === description.companion?.id, cut(name, 40)), {
            ...id,
            avatar,
          }),
        ]),
        back,
      ];
    case 'preset':
      return [
        ...inRows(
          presets.map((preset) =>
            buttons.wishPresetButton.button(
              chosen(preset === choices.preset, words.plain(`preset-${preset}`)),
              { ...id, preset },
            ),
          ),
          2,
        ),
        back,
      ];
    case 'ratio':
      return [
        [
          buttons.wishRatioButton.button(
            chosen(choices.aspectRatio === null, words.plain('ratio-of-preset')),
            { ...id, ratio: null },
          ),
        ],
        ...inRows(
          ratios.map((ratio) =>
            buttons.wishRatioButton.button(chosen(ratio === choices.aspectRatio, ratio), { ...id, ratio }),
          ),
          3,
        ),
        back,
      ];
    case 'main':
      return mainMenu(description, words, options);
    default:
      return menu satisfies never;
  }
}

function mainMenu(
  { wish, avatars, companions, choices, price, pace }: WishDescription,
  words: Words,
  { canImprove, isBusy = false }: { canImprove: boolean; isBusy?: boolean },
): Keyboard {
  const id = { wish: wish.id };
  const menu = (name: buttons.WishMenu) =>
    buttons.wishMenuButton.button(words.plain(`button-wish-${name}`), { ...id, menu: name });
  const rows: InlineKeyboardButton[][] = [
    avatars.length > 1 ? [menu('avatar'), menu('preset'), menu('ratio')] : [menu('preset'), menu('ratio')],
    counts.map((count) =>
      buttons.wishCountButton.button(chosen(count === choices.count, String(count)), { ...id, count }),
    ),
  ];
  if (companions.length > 0) rows.push([menu('companion')]);
  if (wish.prompt !== null) {
    const helps = [buttons.wishWordsButton.button(words.plain('button-wish-words'), id)];
    if (canImprove && !isBusy)
      helps.push(buttons.wishImproveButton.button(words.plain('button-wish-improve'), id));
    if (wish.overrides.seed !== undefined)
      helps.push(buttons.wishNewSeedButton.button(words.plain('button-wish-new-seed'), id));
    rows.push(helps);
    const cost = { credits: price, seconds: Math.round(pace.typical) };
    if (wish.suggestion !== null)
      rows.push([
        buttons.wishOrderButton.button(words.plain('button-wish-order-suggested', cost), {
          ...id,
          words: 'suggested',
        }),
      ]);
    const key = wish.suggestion === null && !isBusy ? 'button-wish-order' : 'button-wish-order-as-is';
    rows.push([buttons.wishOrderButton.button(words.plain(key, cost), { ...id, words: 'own' })]);
  }
  rows.push([buttons.wishCloseButton.button(words.plain('button-close'), id)]);
  return rows;
}

import type { InlineKeyboardButton } from 'grammy/types';
import type { FormDescription } from '../../../../application/composer/describe-form.js';
import { cut } from '../../../../domain/text/cut-text.js';
import * as buttons from '../../buttons/form-buttons.js';
import { inRows } from '../../delivery/results/result-keyboard.js';
import type { Keyboard } from '../../replies.js';
import { chosen } from '../../wording/chosen.js';
import { Html } from '../../wording/html.js';
import { ratioOf } from '../../wording/ratio.js';
import type { Translator } from '../../wording/translator.js';

export interface Screen {
  readonly text: Html;
  readonly keyboard: Keyboard;
}

const counts = [1, 2, 3, 4];

/** What the guided screen says and offers. Only what works is offered. */
export function formScreen(
  description: FormDescription,
  menu: buttons.FormMenu,
  texts: Translator,
  isBusy = false,
): Screen {
  return {
    text: formText(description, texts, isBusy),
    keyboard: formKeyboard(description, menu, texts, isBusy),
  };
}

function formText(
  { form, avatar, companion, choices }: FormDescription,
  texts: Translator,
  isBusy: boolean,
): Html {
  const { seed } = form.overrides;
  return Html.join([
    texts.html('form-title'),
    texts.html('form-choices', {
      avatar: [avatar?.name ?? '–', ...(companion === null ? [] : [companion.name])].join(' + '),
      preset: texts.plain(`preset-${choices.preset}`),
      ratio: choices.aspectRatio ?? ratioOf(choices.preset),
      count: choices.count,
    }),
    seed !== undefined && texts.html('form-seed', { seed: String(seed) }),
    form.prompt === null
      ? texts.html('form-say')
      : texts.html('form-prompt', { prompt: cut(form.prompt, 1500) }),
    form.suggestion !== null && texts.html('form-suggestion', { prompt: cut(form.suggestion, 1500) }),
    isBusy && texts.html('form-improving'),
  ]);
}

function formKeyboard(
  description: FormDescription,
  menu: buttons.FormMenu,
  texts: Translator,
  isBusy: boolean,
): Keyboard {
  const { form, avatars, presets, ratios, choices } = description;
  const id = { form: form.id };
  const back = [buttons.formMenuButton.button(texts.plain('button-back'), { ...id, menu: 'main' })];
  switch (menu) {
    case 'avatar':
      return [
        ...avatars.map(({ id: avatar, name, isMain }) => [
          buttons.formAvatarButton.button(
            chosen(avatar === choices.avatar, `${isMain ? '⭐ ' : ''}${cut(name, 40)}`),
            { ...id, avatar },
          ),
        ]),
        back,
      ];
    case 'companion':
      return [
        [
          buttons.formCompanionButton.button(
            chosen(description.companion === null, texts.plain('form-no-companion')),
            { ...id, avatar: null },
          ),
        ],
        ...description.companions.map(({ id: avatar, name }) => [
          buttons.formCompanionButton.button(chosen(avatar === description.companion?.id, cut(name, 40)), {
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
            buttons.formPresetButton.button(
              chosen(preset === choices.preset, texts.plain(`preset-${preset}`)),
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
          buttons.formRatioButton.button(
            chosen(choices.aspectRatio === null, texts.plain('ratio-of-preset')),
            { ...id, ratio: null },
          ),
        ],
        ...inRows(
          ratios.map((ratio) =>
            buttons.formRatioButton.button(chosen(ratio === choices.aspectRatio, ratio), { ...id, ratio }),
          ),
          3,
        ),
        back,
      ];
    case 'main':
      return mainMenu(description, texts, isBusy);
    default:
      return menu satisfies never;
  }
}

function mainMenu(
  { form, avatars, companions, choices, price, duration }: FormDescription,
  texts: Translator,
  isBusy: boolean,
): Keyboard {
  const id = { form: form.id };
  const menu = (name: buttons.FormMenu) =>
    buttons.formMenuButton.button(texts.plain(`button-form-${name}`), { ...id, menu: name });
  const rows: InlineKeyboardButton[][] = [
    avatars.length > 1 ? [menu('avatar'), menu('preset'), menu('ratio')] : [menu('preset'), menu('ratio')],
    counts.map((count) =>
      buttons.formCountButton.button(chosen(count === choices.count, String(count)), { ...id, count }),
    ),
  ];
  if (companions.length > 0) rows.push([menu('companion')]);
  if (form.prompt !== null) {
    const helps = [buttons.formPromptButton.button(texts.plain('button-form-words'), id)];
    if (!isBusy) helps.push(buttons.formImproveButton.button(texts.plain('button-form-improve'), id));
    if (form.overrides.seed !== undefined)
      helps.push(buttons.formNewSeedButton.button(texts.plain('button-form-new-seed'), id));
    rows.push(helps);
    const cost = { credits: price, seconds: Math.round(duration.typical) };
    if (form.suggestion !== null)
      rows.push([
        buttons.formSubmitButton.button(texts.plain('button-form-order-suggested', cost), {
          ...id,
          prompt: 'suggested',
        }),
      ]);
    const key = form.suggestion === null && !isBusy ? 'button-form-order' : 'button-form-order-as-is';
    rows.push([buttons.formSubmitButton.button(texts.plain(key, cost), { ...id, prompt: 'own' })]);
  }
  rows.push([buttons.formCloseButton.button(texts.plain('button-close'), id)]);
  return rows;
}

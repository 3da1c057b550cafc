import type { InlineKeyboardButton } from 'grammy/types';
import type { FormDescription } from '../../../../application/composer/describe-form.js';
import type { AspectRatio } from '../../../../domain/generation/aspect-ratio.js';
import type { Overrides } from '../../../../domain/generation/overrides.js';
import { changeNamed } from '../../../../domain/generation/variation.js';
import type { AvatarId } from '../../../../domain/ids.js';
import { cut } from '../../../../domain/text/cut-text.js';
import type { WordCategory } from '../../../../domain/text/word-lists.js';
import { asMain } from '../../buttons/button-kind.js';
import * as buttons from '../../buttons/form-buttons.js';
import { reportButton } from '../../buttons/report-buttons.js';
import { inPairs, inRows } from '../../delivery/results/result-keyboard.js';
import type { Keyboard, Screen } from '../../replies.js';
import { decimal } from '../../wording/decimal.js';
import { Html } from '../../wording/html.js';
import { priced, pricedShort } from '../../wording/price-label.js';
import { ideasOf, promptIdeas } from '../../wording/prompt-ideas.js';
import { ratioOf } from '../../wording/ratio.js';
import type { TextsWith, Translator } from '../../wording/translator.js';

const counts = [1, 2, 3, 4];
const ideasShown = 6;

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

/**
 * Asks about an order before it is charged. `first`: how many first orders are asked about; `null` for somebody who
 * wants to be asked.
 */
export function orderQuestion(description: FormDescription, first: number | null, texts: Translator): Screen {
  const { form, choices, price } = description;
  const id = { form: form.id };
  const text = Html.join([
    texts.html('order-question', { count: choices.count }),
    texts.html('form-prompt', { prompt: cut(form.prompt ?? '', 1500) }),
    choicesText(description, texts),
    first !== null && texts.html('order-question-first', { count: first }),
  ]);
  const order = priced(texts.plain('button-order'), price, texts);
  const yes = buttons.formOrderButton.button(order, { ...id, prompt: 'own', credits: price });
  return { text, keyboard: yesOrNot(yes, form.id, texts) };
}

/** Asks whoever said it whether they mean what it may be about. */
export function wordsQuestion(
  { form, price }: FormDescription,
  doubt: WordCategory,
  prompt: 'own' | 'suggested',
  texts: Translator,
): Screen {
  const said = prompt === 'own' ? form.prompt : form.suggestion;
  const text = Html.join([
    texts.html(`words-doubted-${doubt}`),
    texts.html('form-prompt', { prompt: cut(said ?? '', 1500) }),
  ]);
  const goOn = priced(texts.plain('button-go-on'), price, texts);
  const yes = buttons.formGoOnButton.button(goOn, { form: form.id, prompt, credits: price });
  return { text, keyboard: yesOrNot(yes, form.id, texts) };
}

const yesOrNot = (yes: InlineKeyboardButton.CallbackButton, form: string, texts: Translator): Keyboard => [
  [asMain(yes)],
  [
    buttons.formMenuButton.button(texts.plain('button-change'), { form, menu: 'main' }),
    buttons.formCloseButton.button(texts.plain('button-cancel'), { form }),
  ],
];

const choicesText = ({ avatar, companion, choices }: FormDescription, texts: Translator): Html =>
  texts.html('form-choices', {
    avatar: [avatar?.name ?? '–', ...(companion === null ? [] : [companion.name])].join(' + '),
    preset: texts.plain(`preset-${choices.preset}`),
    ratio: choices.aspectRatio ?? ratioOf(choices.preset),
    count: choices.count,
  });

function formText(description: FormDescription, texts: Translator, isBusy: boolean): Html {
  const { form, picture } = description;
  const { seed } = form.overrides;
  return Html.join([
    texts.html('form-title'),
    choicesText(description, texts),
    picture !== null && texts.html('form-from-picture', { change: changeNamed(picture.change) }),
    seed !== undefined && texts.html('form-seed', { seed: String(seed) }),
    changedText(form.overrides, texts),
    form.prompt === null
      ? texts.html('form-say')
      : texts.html('form-prompt', { prompt: cut(form.prompt, 1500) }),
    form.suggestion !== null && texts.html('form-suggestion', { prompt: cut(form.suggestion, 1500) }),
    isBusy && texts.html('form-improving'),
  ]);
}

/** What was changed of the preset and has no button here. */
function changedText(overrides: Overrides, texts: Translator): Html | null {
  const { steps, guidance, safety, format, raw } = overrides;
  const strength = overrides.strength ?? overrides.loraScale ?? overrides.finetuneStrength;
  const changed = [
    steps !== undefined && texts.html('form-steps', { value: String(steps) }),
    guidance !== undefined && texts.html('form-guidance', { value: decimal(guidance, texts) }),
    strength !== undefined && texts.html('form-strength', { value: decimal(strength, texts) }),
    safety !== undefined && texts.html('info-safety', { value: String(safety) }),
    format !== undefined && texts.html('info-format', { value: format.toUpperCase() }),
    raw === true && texts.html('info-raw'),
  ].filter((each) => each !== false);
  return changed.length === 0 ? null : Html.join(changed, ' · ');
}

function formKeyboard(
  description: FormDescription,
  menu: buttons.FormMenu,
  texts: Translator,
  isBusy: boolean,
): Keyboard {
  const { avatars, companion, companions, presets, prices, ratios, choices } = description;
  const { id: form } = description.form;
  const back = [buttons.formMenuButton.button(texts.plain('button-back'), { form, menu: 'main' })];
  switch (menu) {
    case 'avatar':
      return [
        ...avatars.map(({ id: avatar, name, isMain }) => {
          const label = `${isMain ? '⭐ ' : ''}${cut(name, 40)}`;
          return [buttons.formAvatarButton.choice(avatar === choices.avatar, label, { form, avatar })];
        }),
        back,
      ];
    case 'companion': {
      const choice = (avatar: AvatarId | null, label: string) => [
        buttons.formCompanionButton.choice(avatar === (companion?.id ?? null), label, { form, avatar }),
      ];
      const each = companions.map(({ id, name }) => choice(id, cut(name, 40)));
      return [choice(null, texts.plain('form-no-companion')), ...each, back];
    }
    case 'preset': {
      // Where all cost the same, the price on the order's button says it.
      const differ = new Set(prices).size > 1;
      const each = presets.map((preset, place) => {
        const label = pricedShort(texts.plain(`preset-${preset}`), differ ? (prices[place] ?? 0) : 0, texts);
        return buttons.formPresetButton.choice(preset === choices.preset, label, { form, preset });
      });
      return [...inPairs(each), back];
    }
    case 'ratio': {
      const choice = (ratio: AspectRatio | null, label: string) =>
        buttons.formRatioButton.choice(ratio === choices.aspectRatio, label, { form, ratio });
      const each = ratios.map((ratio) => choice(ratio, ratio));
      return [[choice(null, texts.plain('ratio-of-preset'))], ...inRows(each, 3), back];
    }
    case 'main':
      return mainMenu(description, texts, isBusy);
    default:
      return menu satisfies never;
  }
}

/** For whoever has not said anything yet: ideas that fit the avatar, and one that is not named before. */
function ideaRows({ form, avatar }: FormDescription, texts: Translator): InlineKeyboardButton[][] {
  const type = avatar?.type ?? 'portrait';
  const ideas = promptIdeas(type, texts.language);
  const button = (idea: number, label: string) =>
    buttons.formIdeaButton.button(label, { form: form.id, idea });
  const places = ideasOf(form.id, type, texts.language, ideasShown + 1);
  const shown = places.slice(0, ideasShown).map((place) => button(place, ideas[place]?.title ?? ''));
  const surprise = places
    .slice(ideasShown)
    .map((place) => button(place, texts.plain('button-form-surprise')));
  return [...inRows(shown, 2), surprise];
}

function mainMenu(description: FormDescription, texts: Translator, isBusy: boolean): Keyboard {
  const { form, avatars, companions, choices, picture, price, duration } = description;
  const id = { form: form.id };
  const menu = (name: buttons.FormMenu) =>
    buttons.formMenuButton.button(texts.plain(`button-form-${name}`), { ...id, menu: name });
  const rows: InlineKeyboardButton[][] = [
    [
      ...(avatars.length > 1 ? [menu('avatar')] : []),
      // Another preset or ratio would have another size than the picture it starts from.
      ...(picture === null ? [menu('preset'), menu('ratio')] : []),
    ],
    counts.map((count) =>
      buttons.formCountButton.choice(count === choices.count, String(count), { ...id, count }),
    ),
  ];
  if (companions.length > 0) rows.push([menu('companion')]);
  if (form.prompt === null) rows.push(...ideaRows(description, texts));
  else {
    const helps = [buttons.formPromptButton.button(texts.plain('button-form-words'), id)];
    if (!isBusy) helps.push(buttons.formImproveButton.button(texts.plain('button-form-improve'), id));
    rows.push(helps);
    if (form.overrides.seed !== undefined)
      rows.push([buttons.formNewSeedButton.button(texts.plain('button-form-new-seed'), id)]);
    const seconds = texts.plain('about-seconds', { seconds: Math.round(duration.typical) });
    const order = (key: TextsWith<never>, prompt: 'own' | 'suggested') => {
      const label = `${priced(texts.plain(key), price, texts)} · ${seconds}`;
      return buttons.formOrderButton.button(label, { ...id, prompt, credits: price });
    };
    if (form.suggestion !== null) rows.push([asMain(order('button-form-order-suggested', 'suggested'))]);
    const isOnly = form.suggestion === null && !isBusy;
    rows.push([isOnly ? asMain(order('button-order', 'own')) : order('button-form-order-as-is', 'own')]);
  }
  const report =
    form.recipe !== null && reportButton.button(texts.plain('button-report'), { recipe: form.recipe });
  const close = buttons.formCloseButton.button(texts.plain('button-close'), id);
  rows.push(report === false ? [close] : [report, close]);
  return rows.filter(({ length }) => length > 0);
}

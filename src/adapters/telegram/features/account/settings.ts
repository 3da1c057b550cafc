import type { PreferenceChanges } from '../../../../application/account/change-preferences.js';
import { asksFirst } from '../../../../application/composer/asks-first.js';
import { type Preferences, promptHelps } from '../../../../application/ports/stores/preference-store.js';
import type { AspectRatio } from '../../../../domain/generation/aspect-ratio.js';
import { pictureBounds } from '../../../../domain/generation/picture-price.js';
import { defaultPreset, type PresetName } from '../../../../domain/generation/preset.js';
import { aspectRatiosOf } from '../../../../domain/generation/routing.js';
import type { UserId } from '../../../../domain/ids.js';
import type { BotContext } from '../../bot-context.js';
import type { Feature } from '../../bot-services.js';
import { muteBroadcastsButton } from '../../buttons/broadcast-buttons.js';
import { onButton } from '../../buttons/on-button.js';
import * as buttons from '../../buttons/settings-buttons.js';
import { openSettingsButton } from '../../buttons/start-buttons.js';
import { inRows } from '../../delivery/results/result-keyboard.js';
import { type Keyboard, say, show, showUsed } from '../../replies.js';
import { languageOf, languages, type Translator } from '../../wording/translator.js';

/** What is remembered for a person. Every button carries the value that it sets. */
export const settingsFeature: Feature = (
  composer,
  { changePreferences, listPresets, textsIn, database, policy },
) => {
  const menu = async (owner: UserId, current: Preferences, texts: Translator): Promise<Keyboard> => {
    // Where nothing costs anything there is nothing to ask.
    const asks =
      pictureBounds(policy).to === 0 ? null : await asksFirst(database.stores, policy, owner, current);
    return mainMenu(current, asks, texts);
  };

  const change = async (context: BotContext, changes: PreferenceChanges): Promise<void> => {
    const { id: owner } = context.user;
    const current = await changePreferences.execute(changes, { owner });
    const texts = textsIn(languageOf(current.language, context.from?.language_code));
    await show(context, texts.html('settings-title'), await menu(owner, current, texts));
  };

  const open = async (context: BotContext) => {
    const { id, texts, preferences: current } = context.user;
    await say(context, texts.html('settings-title'), await menu(id, current, texts));
  };
  composer.command('settings', open);
  onButton(composer, openSettingsButton, open);
  onButton(composer, buttons.settingsMenuButton, async (context, { menu: name }) => {
    const { id, texts, preferences: current } = context.user;
    const working = name === 'preset' ? await listPresets.execute(id) : [];
    const keyboard =
      name === 'main' ? await menu(id, current, texts) : choicesOf(name, current, texts, working);
    await show(context, texts.html('settings-title'), keyboard);
  });
  onButton(composer, buttons.setLanguageButton, (context, { language }) => change(context, { language }));
  onButton(composer, buttons.setPresetButton, (context, { preset }) => change(context, { preset }));
  onButton(composer, buttons.setRatioButton, (context, { ratio }) => change(context, { aspectRatio: ratio }));
  onButton(composer, buttons.setCountButton, (context, { count }) =>
    change(context, { count: Math.min(4, Math.max(1, count)) }),
  );
  onButton(composer, buttons.setPromptHelpButton, (context, { help }) =>
    change(context, { promptHelp: help }),
  );
  onButton(composer, buttons.setNotificationsButton, (context, { on }) =>
    change(context, { notifications: on }),
  );
  onButton(composer, buttons.setBroadcastsButton, (context, { on }) => change(context, { broadcasts: on }));
  onButton(composer, muteBroadcastsButton, async (context) => {
    const { id: owner, texts } = context.user;
    await changePreferences.execute({ broadcasts: false }, { owner });
    await context.answerCallbackQuery({ text: texts.plain('news-muted'), show_alert: true });
    await showUsed(context);
  });
  onButton(composer, buttons.setConfirmButton, (context, { on }) => change(context, { confirmOrders: on }));
};

function choicesOf(
  menu: Exclude<buttons.SettingsMenu, 'main'>,
  current: Preferences,
  texts: Translator,
  working: readonly PresetName[],
): Keyboard {
  const back = [buttons.settingsMenuButton.button(texts.plain('button-back'), { menu: 'main' })];
  switch (menu) {
    case 'preset': {
      const each = working.map((preset) => {
        const isCurrent = preset === (current.preset ?? defaultPreset);
        return buttons.setPresetButton.choice(isCurrent, texts.plain(`preset-${preset}`), { preset });
      });
      return [...inRows(each, 2), back];
    }
    case 'ratio': {
      const choice = (ratio: AspectRatio | null, label: string) =>
        buttons.setRatioButton.choice(ratio === current.aspectRatio, label, { ratio });
      const each = aspectRatiosOf(current.preset ?? defaultPreset).map((ratio) => choice(ratio, ratio));
      return [[choice(null, texts.plain('ratio-of-preset'))], ...inRows(each, 3), back];
    }
    default:
      return menu satisfies never;
  }
}

function mainMenu(current: Preferences, asks: boolean | null, texts: Translator): Keyboard {
  const { promptHelp: help, notifications: isLoud } = current;
  const count = current.count ?? 1;
  const nextHelp = promptHelps[(promptHelps.indexOf(help) + 1) % promptHelps.length] ?? 'off';
  const language = languages[(languages.indexOf(texts.language) + 1) % languages.length] ?? texts.language;
  const preset = texts.plain(`preset-${current.preset ?? defaultPreset}`);
  const ratio = current.aspectRatio ?? texts.plain('ratio-of-preset');
  const loudness = texts.plain(isLoud ? 'settings-loud' : 'settings-quiet');
  return [
    [buttons.setLanguageButton.button(texts.plain('settings-language'), { language })],
    [buttons.settingsMenuButton.button(texts.plain('settings-preset', { preset }), { menu: 'preset' })],
    [buttons.settingsMenuButton.button(texts.plain('settings-ratio', { ratio }), { menu: 'ratio' })],
    [buttons.setCountButton.button(texts.plain('settings-count', { count }), { count: (count % 4) + 1 })],
    [buttons.setPromptHelpButton.button(texts.plain(`settings-prompt-help-${help}`), { help: nextHelp })],
    [buttons.setNotificationsButton.button(loudness, { on: !isLoud })],
    [
      buttons.setBroadcastsButton.button(
        texts.plain(current.broadcasts ? 'settings-news' : 'settings-no-news'),
        {
          on: !current.broadcasts,
        },
      ),
    ],
    ...(asks === null
      ? []
      : [
          [
            buttons.setConfirmButton.button(texts.plain(asks ? 'settings-asks' : 'settings-asks-not'), {
              on: !asks,
            }),
          ],
        ]),
  ];
}

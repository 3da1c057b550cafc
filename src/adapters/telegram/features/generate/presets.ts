import { Composer } from 'grammy';
import { type PresetName, presetNames, presets } from '../../../../domain/generation/preset.js';
import type { BotContext } from '../../bot-context.js';
import { say } from '../../speaking.js';
import type { Toolbox } from '../../toolbox.js';
import { Html } from '../../wording/html.js';
import { ratioOf } from '../../wording/ratio.js';
import type { Words } from '../../wording/words.js';

/** The eight presets and what each is for. */
export function presetsFeature(_: Toolbox): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer.command('presets', async (context) => {
    const { words } = context.caller;
    const rows = presetNames.map((name) => presetWords(name, words));
    await say(context, Html.join([words.html('presets-title'), ...rows, words.html('presets-hint')], '\n\n'));
  });
  return composer;
}

function presetWords(name: PresetName, words: Words): Html {
  const { steps, guidance, expectedSeconds } = presets[name];
  const values = {
    name: words.plain(`preset-${name}`),
    word: name,
    about: words.html(`preset-about-${name}`),
    ratio: ratioOf(name),
  };
  return Html.join([
    words.html('preset-row', values),
    Html.join(
      [
        steps !== null && words.html('preset-row-steps', { steps, guidance: String(guidance) }),
        expectedSeconds !== null && words.html('preset-row-time', expectedSeconds),
      ],
      ' · ',
    ),
  ]);
}

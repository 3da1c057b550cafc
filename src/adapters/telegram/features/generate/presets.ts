import { type PresetName, presetNames, presets } from '../../../../domain/generation/preset.js';
import type { Feature } from '../../bot-services.js';
import { say } from '../../replies.js';
import { finetunePresets } from '../../wording/finetune-presets.js';
import { Html } from '../../wording/html.js';
import { ratioOf } from '../../wording/ratio.js';
import type { Translator } from '../../wording/translator.js';
import { firstWayOn } from '../way-on.js';

/** The presets and what each is for. */
export const presetsFeature: Feature = (composer, services) => {
  composer.command('presets', async (context) => {
    const { texts } = context.user;
    const rows = presetNames.map((name) => presetText(name, texts));
    await say(
      context,
      Html.join(
        [texts.html('presets-title'), ...rows, texts.html('presets-hint', finetunePresets(texts))],
        '\n\n',
      ),
      await firstWayOn(context, services, true),
    );
  });
};

function presetText(name: PresetName, texts: Translator): Html {
  const { expectedSeconds } = presets[name];
  const values = {
    name: texts.plain(`preset-${name}`),
    word: name,
    about: texts.html(`preset-about-${name}`),
    ratio: ratioOf(name),
  };
  return Html.join([
    texts.html('preset-row', values),
    expectedSeconds !== null && texts.html('preset-row-time', expectedSeconds),
  ]);
}

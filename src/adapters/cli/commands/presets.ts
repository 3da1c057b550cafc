import type { Command } from 'commander';
import { modelFacts, modelKinds } from '../../../domain/avatar/avatar-model.js';
import { type Preset, type PresetName, presetNames, presets } from '../../../domain/generation/preset.js';
import { presetsFor } from '../../../domain/generation/routing.js';
import type { CliHost } from '../cli-host.js';
import { table } from '../table.js';

type Retired = ReadonlySet<string>;

const worksWith = (name: PresetName, retired: Retired = new Set()): string[] =>
  modelKinds
    .filter((kind) => presetsFor({ kind }, { retired }).includes(name))
    .map((kind) => `${modelFacts[kind].label} (${modelFacts[kind].types.join(', ')})`);

/** Which of these fal does not take just now. */
function awayNow(name: PresetName, retired: Retired): string[] {
  const now = worksWith(name, retired);
  return worksWith(name).filter((avatars) => !now.includes(avatars));
}

const strengths = (preset: Preset): string =>
  modelKinds.map((kind) => preset[modelFacts[kind].strength.name]?.toFixed(1) ?? '–').join(' / ');

const seconds = ({ expectedSeconds }: Preset): string | null =>
  expectedSeconds && `${expectedSeconds.from}–${expectedSeconds.to} s`;

export function addPresets(program: Command, host: CliHost): void {
  program
    .command('presets')
    .description('the presets and which avatars each works with')
    .option('--json', 'one JSON document on stdout')
    .action(async ({ json }: { json?: boolean }) => {
      const { endpoints: retired, trouble } = await host.retiredEndpoints();
      if (trouble !== null) host.err(`What fal takes just now cannot be seen: ${trouble}\n`);
      if (json === true) {
        const all = presetNames.map((name) => ({
          ...presets[name],
          worksWith: worksWith(name),
          awayNow: awayNow(name, retired),
        }));
        return host.out(`${JSON.stringify(all, null, 2)}\n`);
      }
      const rows = presetNames.map((name) => {
        const preset = presets[name];
        return [
          name,
          preset.steps,
          preset.guidance?.toFixed(1) ?? null,
          preset.imageSize ?? preset.aspectRatio,
          strengths(preset),
          preset.safetyTolerance,
          seconds(preset),
          worksWith(name)
            .map((avatars) =>
              awayNow(name, retired).includes(avatars) ? `${avatars}: not just now` : avatars,
            )
            .join(', '),
        ];
      });
      const heading = [
        'preset',
        'steps',
        'guidance',
        'size',
        modelKinds.map((kind) => modelFacts[kind].label).join(' / '),
        'safety',
        'time',
        'works with',
      ];
      host.out(`${table(heading, rows)}\n`);
    });
}

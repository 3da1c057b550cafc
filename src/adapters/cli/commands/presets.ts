import type { Command } from 'commander';
import { type Preset, presetNames, presets } from '../../../domain/preset.js';
import { presetsFor } from '../../../domain/routing.js';
import type { CliHost } from '../cli-host.js';
import { table } from '../table.js';

const loraPresets = presetsFor({ kind: 'lora', url: '' });
const finetunePresets = presetsFor({ kind: 'finetune', id: '' });

const worksWith = (name: (typeof presetNames)[number]): string[] => [
  ...(loraPresets.includes(name) ? ['LoRA (portrait, artistic)'] : []),
  ...(finetunePresets.includes(name) ? ['finetune (artistic)'] : []),
];

const strength = ({ loraScale, finetuneStrength }: Preset): string =>
  `${loraScale?.toFixed(1) ?? '–'} / ${finetuneStrength.toFixed(1)}`;

const seconds = ({ expectedSeconds }: Preset): string =>
  expectedSeconds === null ? '–' : `${expectedSeconds.from}–${expectedSeconds.to} s`;

export function addPresets(program: Command, host: CliHost): void {
  program
    .command('presets')
    .description('the eight presets and which avatars each works with')
    .option('--json', 'one JSON document on stdout')
    .action(({ json }: { json?: boolean }) => {
      if (json === true) {
        const all = presetNames.map((name) => ({ ...presets[name], worksWith: worksWith(name) }));
        return host.out(`${JSON.stringify(all, null, 2)}\n`);
      }
      const rows = presetNames.map((name) => {
        const preset = presets[name];
        return [
          name,
          preset.steps?.toString() ?? '–',
          preset.guidance?.toFixed(1) ?? '–',
          preset.imageSize ?? preset.aspectRatio,
          strength(preset),
          preset.safetyTolerance,
          seconds(preset),
          worksWith(name).join(', '),
        ];
      });
      const heading = [
        'preset',
        'steps',
        'guidance',
        'size',
        'LoRA / finetune',
        'safety',
        'time',
        'works with',
      ];
      host.out(`${table([heading, ...rows])}\n`);
    });
}

import { stat } from 'node:fs/promises';
import type { Command } from 'commander';
import { expectedDuration } from '../../../application/generation/estimate-duration.js';
import { invalidInput } from '../../../domain/errors.js';
import { defaultPreset, isPresetName } from '../../../domain/generation/preset.js';
import type { CliHost, MadeImages } from '../cli-host.js';
import { checkDestination, writeImages } from '../image-files.js';
import { ProgressLine } from '../progress-line.js';
import { addConfigOptions, readOverrides } from '../read-overrides.js';

interface GenerateOptions {
  avatar?: string;
  owner?: string;
  preset?: string;
  out?: string;
  json?: boolean;
  [override: string]: unknown;
}

export function addGenerate(program: Command, host: CliHost, failed: () => void): void {
  const command = program
    .command('generate')
    .description('make images of an avatar and write them to files')
    .argument('<prompt...>', 'what to show, 3-2000 characters')
    .option('--avatar <id or name>', 'an avatar that is ready; default: the main one')
    .option('--owner <telegram id>', 'whose avatar it is, and who pays')
    .option('-p, --preset <name>', `one of aisha presets (default: ${defaultPreset})`);
  addConfigOptions(command);
  command
    .option('--out <file or folder>', 'where the images go (default: this folder)')
    .option('--json', 'one JSON document on stdout')
    .action(async (args: string[], options: GenerateOptions) => {
      await refuseBadDestination(options);
      const made = await generate(host, args.join(' '), options);
      const images = await writeImages(made, options.out ?? '.');
      if (options.json === true) host.out(`${JSON.stringify({ ...made, images }, null, 2)}\n`);
      else report(host, made, images);
      if (images.length === 0) failed();
    });
}

async function generate(host: CliHost, prompt: string, options: GenerateOptions): Promise<MadeImages> {
  const preset = isPresetName(options.preset) ? options.preset : defaultPreset;
  const line = new ProgressLine(host, expectedDuration(preset));
  try {
    return await host.generate({
      avatar: options.avatar,
      owner: options.owner,
      prompt,
      config: { preset: options.preset, ...readOverrides(options) },
      onProgress: (progress) => line.show(progress),
    });
  } finally {
    line.end();
  }
}

function report(host: CliHost, made: MadeImages, images: ReadonlyArray<{ path: string }>): void {
  for (const { path } of images) host.out(`${path}\n`);
  const seconds = (made.milliseconds / 1000).toFixed(1);
  if (images.length > 0)
    host.err(`${made.endpoint} · seed ${made.seed} · ${seconds} s · ${made.credits} credits\n`);
  else
    host.err(
      `${made.status}: ${made.failure?.detail ?? 'every image was withheld as unsafe'}. Nothing was charged.\n`,
    );
}

/** Before anything is paid for. */
async function refuseBadDestination({ out }: GenerateOptions): Promise<void> {
  const problems = out === undefined ? [] : await checkDestination(out, stat);
  if (problems.length > 0) throw invalidInput(problems);
}

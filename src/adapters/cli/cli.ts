import { Command } from 'commander';
import type { CliHost } from './cli-host.js';
import { addAvatarCommands } from './commands/avatar.js';
import { addCredits } from './commands/credits.js';
import { addDoctor } from './commands/doctor.js';
import { addGenerate } from './commands/generate.js';
import { addGenerations } from './commands/generations.js';
import { addImport } from './commands/import.js';
import { addPresets } from './commands/presets.js';

/**
 * Runs one command. Results go to `host.out`, progress to `host.err`.
 * @returns 0 done, 1 failed; wrong input throws (CommanderError, DomainError), which the caller answers with 2
 */
export async function runCli(words: readonly string[], host: CliHost): Promise<number> {
  let exitCode = 0;
  const failed = () => {
    exitCode = 1;
  };
  const program = new Command('aisha')
    .description('Images of your own avatar: FLUX on fal.ai, in Telegram and here')
    .exitOverride()
    .configureOutput({ writeOut: (text) => host.out(text), writeErr: (text) => host.err(text) })
    .showHelpAfterError('(aisha <command> --help tells more)');
  program
    .command('start')
    .description('run the service')
    .action(() => host.serve());
  addPresets(program, host);
  addAvatarCommands(program, host);
  addGenerate(program, host, failed);
  addImport(program, host);
  addCredits(program, host);
  addGenerations(program, host);
  addDoctor(program, host, failed);
  await program.parseAsync([...words], { from: 'user' });
  return exitCode;
}

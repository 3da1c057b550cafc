import { storable } from '../../domain/text/storable-text.js';
import type { CliHost } from './cli-host.js';
import { addAccess } from './commands/access.js';
import { addActs } from './commands/acts.js';
import { addApiKeys } from './commands/api-key.js';
import { addAvatarCommands } from './commands/avatar.js';
import { addBroadcasts } from './commands/broadcasts.js';
import { addBudget } from './commands/budget.js';
import { addCases } from './commands/cases.js';
import { addCredits } from './commands/credits.js';
import { addDoctor } from './commands/doctor.js';
import { addEndpoints } from './commands/endpoints.js';
import { addGenerate } from './commands/generate.js';
import { addImport } from './commands/import.js';
import { addGenerations } from './commands/jobs/generations.js';
import { addTrainings } from './commands/jobs/trainings.js';
import { addMedia } from './commands/media.js';
import { addPayments } from './commands/payments.js';
import { addPresets } from './commands/presets.js';
import { addPromo } from './commands/promo.js';
import { addReport } from './commands/report.js';
import { addSandbox } from './commands/sandbox.js';
import { addUpdates } from './commands/updates.js';
import { addUsers } from './commands/users.js';
import { StrictCommand } from './strict-command.js';

/**
 * Runs one command. Results go to `host.out`, progress to `host.err`.
 * @returns 0 done, 1 failed; wrong input throws (CommanderError, DomainError), which the caller answers with 2
 */
export async function runCli(args: readonly string[], terminal: CliHost): Promise<number> {
  const host = Object.assign(Object.create(terminal) as CliHost, {
    out: (text: string) => terminal.out(harmless(text)),
  });
  let exitCode = 0;
  const failed = () => {
    exitCode = 1;
  };
  const program = new StrictCommand('aisha')
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
  addImport(program, host, failed);
  addCredits(program, host);
  addPromo(program, host);
  addAccess(program, host);
  addCases(program, host);
  addApiKeys(program, host);
  addBudget(program, host);
  addReport(program, host);
  addBroadcasts(program, host);
  addActs(program, host);
  addUsers(program, host);
  addPayments(program, host);
  addGenerations(program, host);
  addTrainings(program, host);
  addUpdates(program, host);
  addEndpoints(program, host);
  addMedia(program, host, failed);
  addDoctor(program, host, failed);
  addSandbox(program, host);
  await program.parseAsync(args.map(storable), { from: 'user' });
  return exitCode;
}

/** Names and prompts of others must neither steer the terminal nor turn its lines around. In JSON it is the same text. */
const harmless = (text: string): string =>
  text.replace(
    /(?![\n\t])\p{Cc}|[\u2028-\u202e\u2066-\u2069]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

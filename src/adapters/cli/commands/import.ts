import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { ImportedRow } from '../../../application/avatars/import-avatars.js';
import { invalidInput } from '../../../domain/errors.js';
import type { CliHost } from '../cli-host.js';
import { newInstallation } from '../new-installation.js';
import { table } from '../table.js';

/** Ends as failed when there were rows and not one of them could be taken: unchanged ones are well. */
export function addImport(program: Command, host: CliHost, failed: () => void): void {
  program
    .command('import')
    .description('bring the avatars of the old system over; running it twice changes nothing')
    .argument('[old-avatars.json]', 'rows of the old avatars table as a JSON array')
    .option(
      '--from-postgres [url]',
      "read the old system's own database instead (default: OLD_DATABASE_URL, which keeps a password out of the command line); nothing is written there",
    )
    .option('--restore-deleted', 'bring back avatars, too, that their owners deleted here')
    .option('--dry-run', 'say what would happen and write nothing')
    .addOption(newInstallation())
    .option('--json', 'one JSON document on stdout')
    .action(async (file: string | undefined, options: Options) => {
      const rows = await rowsFrom(file, options, host);
      const { importAvatars } = await host.services(
        options.dryRun === true ? 'reads' : 'changes',
        options.new,
      );
      const seen: ImportedRow[] = [];
      const report = await importAvatars.execute(rows, {
        dryRun: options.dryRun,
        restoreDeleted: options.restoreDeleted,
        onRow: (row) => {
          seen.push(row);
          if (options.json === true && row.outcome !== 'skipped' && row.reason !== undefined)
            host.err(`Row ${row.id} was taken in, but ${row.reason}\n`);
        },
      });
      if (seen.length > 0 && seen.every(({ outcome }) => outcome === 'skipped')) failed();
      if (options.json === true) return host.out(`${JSON.stringify(report, null, 2)}\n`);
      const { imported, updated, skipped } = report;
      const lines = seen.map(({ id, outcome, reason = '' }) => [id, outcome, reason]);
      if (lines.length > 0) host.out(`${table(['row', 'outcome', 'why'], lines)}\n`);
      const would = options.dryRun === true ? ' (nothing was written)' : '';
      host.out(`${imported} imported, ${updated} updated, ${skipped.length} skipped${would}\n`);
    });
}

interface Options {
  /** True without an address. */
  readonly fromPostgres?: string | true;
  readonly dryRun?: boolean;
  readonly restoreDeleted?: boolean;
  readonly json?: boolean;
  readonly new?: boolean;
}

async function rowsFrom(
  file: string | undefined,
  { fromPostgres }: Options,
  host: CliHost,
): Promise<unknown> {
  if ((file === undefined) === (fromPostgres === undefined))
    throw invalidInput([
      { field: 'file', code: 'required', allowed: 'either a file or --from-postgres [url]' },
    ]);
  return file === undefined ? host.legacyAvatars(addressOf(fromPostgres, host)).rows() : readRows(file);
}

function addressOf(given: string | true | undefined, host: CliHost): string {
  const address = typeof given === 'string' ? given : host.oldDatabaseUrl;
  const problem = { field: '--from-postgres', allowed: 'postgres://…, here or as OLD_DATABASE_URL' };
  if (address === null) throw invalidInput([{ ...problem, code: 'required' }]);
  // It is not repeated: there may be a password in it.
  if (!/^postgres(ql)?:\/\//.test(address)) throw invalidInput([{ ...problem, code: 'malformed' }]);
  if (typeof given === 'string' && hasPassword(given)) host.err(`${seenByOthers}\n`);
  return address;
}

const seenByOthers =
  'This address has a password in it: while the command runs everybody on this machine can see it (ps), and the ' +
  "shell's history keeps it. Set OLD_DATABASE_URL or OLD_DATABASE_URL_FILE instead, and change the password.";

/** Between the name and the host, or among the parameters. */
const hasPassword = (address: string): boolean => /^\w+:\/\/[^/?#]*:[^/?#]*@|[?&]password=/.test(address);

async function readRows(file: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    if (reason === 'ENOENT') throw invalidInput([{ field: 'file', code: 'not_there', received: file }]);
    throw invalidInput([
      { field: 'file', code: 'malformed', received: file, allowed: `a file that can be read (${reason})` },
    ]);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalidInput([
      { field: 'file', code: 'malformed', received: file, allowed: `valid JSON (${String(error)})` },
    ]);
  }
}

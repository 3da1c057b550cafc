import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { invalidInput } from '../../../domain/errors.js';
import type { CliHost } from '../cli-host.js';
import { table } from '../table.js';

export function addImport(program: Command, host: CliHost): void {
  program
    .command('import')
    .description('bring the avatars of the old system over; running it twice changes nothing')
    .argument('<old-avatars.json>', 'rows of the old avatars table as a JSON array')
    .option('--dry-run', 'say what would happen and write nothing')
    .option('--json', 'one JSON document on stdout')
    .action(async (file: string, { dryRun = false, json }: { dryRun?: boolean; json?: boolean }) => {
      const rows = await readRows(file);
      const { importAvatars } = await host.services();
      const report = await importAvatars.execute(rows, { dryRun });
      if (json === true) return host.out(`${JSON.stringify(report, null, 2)}\n`);
      const { imported, updated, skipped } = report;
      host.out(`${imported} imported, ${updated} updated, ${skipped.length} skipped\n`);
      if (skipped.length > 0)
        host.out(`${table([['skipped', 'why'], ...skipped.map(({ id, reason }) => [id, reason])])}\n`);
    });
}

async function readRows(file: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
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

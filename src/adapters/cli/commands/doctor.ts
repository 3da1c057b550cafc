import type { Command } from 'commander';
import type { CliHost } from '../cli-host.js';

export function addDoctor(program: Command, host: CliHost, failed: () => void): void {
  program
    .command('doctor')
    .description('check everything that can be wrong with this installation, and say how to mend it')
    .option(
      '--full',
      'look at every entry of the ledger and at every file: takes a while in an old installation',
    )
    .option('--json', 'one JSON document on stdout')
    .action(async ({ full, json }: { full?: boolean; json?: boolean }) => {
      const findings = await host.diagnose(full);
      if (json === true) host.out(`${JSON.stringify(findings, null, 2)}\n`);
      else
        for (const { subject, ok, isWarning = false, detail, advice } of findings) {
          host.out(`${ok ? (isWarning ? '⚠' : '✔') : '✘'} ${subject}: ${detail}\n`);
          if ((!ok || isWarning) && advice !== undefined) host.out(`    ${advice}\n`);
        }
      if (findings.some(({ ok }) => !ok)) failed();
    });
}

import type { Command } from 'commander';
import type { CopiedMedia } from '../../../application/upkeep/copy-media.js';
import { answer } from '../answer.js';
import type { CliHost } from '../cli-host.js';

/** On a terminal the line is drawn anew; a log gets one now and then. */
const toldEvery = { terminal: 10, log: 1000 };

interface Options {
  readonly from?: string;
  readonly to?: string;
  readonly json?: boolean;
}

export function addMedia(program: Command, host: CliHost, failed: () => void): void {
  program
    .command('media')
    .description('the files of pictures, photos and weights')
    .command('copy')
    .description(
      'copy every file to the other place and read it again; takes nothing away, goes on where it was ended, and the service may run meanwhile',
    )
    .option('--from <place>', 'folder or s3')
    .option('--to <place>', 'folder or s3')
    .option('--json', 'one JSON document on stdout')
    .action(async ({ json, ...way }: Options) => {
      const { copyMedia } = await host.services('reads');
      const every = host.isTerminal ? toldEvery.terminal : toldEvery.log;
      const [start, end] = host.isTerminal ? ['\r\x1b[K', ''] : ['', '\n'];
      const copied = await copyMedia.execute(way, ({ files, copied, bytes }) => {
        if (files % every === 0)
          host.err(`${start}${files} files looked at, ${copied} copied (${megabytes(bytes)})${end}`);
      });
      if (host.isTerminal) host.err(start);
      answer(host, json, copied, described(copied));
      if (copied.failed.length > 0 || copied.different.length > 0) failed();
    });
}

function described({ copied, bytes, already, gone, different, failed }: CopiedMedia): string {
  return [
    `${copied} files copied (${megabytes(bytes)}), ${already} were there, ${gone} were deleted or replaced meanwhile`,
    ...different.map((key) => `${key} is another file there, and stays as it is`),
    ...failed.map(({ key, reason }) => `${key} could not be copied: ${reason}`),
  ].join('\n');
}

const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`;

import type { Command } from 'commander';
import { refuseIfWrong } from '../../../application/input/input-validation.js';
import type { Problem } from '../../../domain/errors.js';
import type { CliHost } from '../cli-host.js';
import { numberOrText } from '../number-or-text.js';
import type { FalSettings, RunningFal } from '../stand-ins.js';
import { placeProblems } from './place-problems.js';

/** Beside the local Telegram's. */
const falPort = 8082;

interface FalOptions {
  readonly port: number | string;
  readonly folder?: string;
  readonly key?: string;
  readonly endpoint: readonly string[];
  readonly record?: string;
  readonly replay?: string;
  readonly json?: boolean;
}

export function addSandboxFal(sandbox: Command, host: CliHost): void {
  sandbox
    .command('fal')
    .description('a fal that draws its pictures, for any client of fal, until Ctrl-C')
    .option('--port <n>', '0: any that is free', numberOrText, falPort)
    .option('--folder <folder>', 'keep requests and files there; without it all is forgotten at the end')
    .option('--key <key>', 'the key that is accepted; without it one is made up')
    .option('--endpoint <id>', 'one more image endpoint, owner/alias; may be repeated', collected, [])
    .option(
      '--record <folder>',
      'ask the real fal with your FAL_KEY, which costs what it costs, and keep the shapes of its answers',
    )
    .option('--replay <folder>', 'answer what was recorded there')
    .option('--json', 'one JSON document on stdout, once it answers')
    .action(async ({ json, ...options }: FalOptions) => {
      await host.standIns.fal(readFal(options), (fal) =>
        host.out(json === true ? `${JSON.stringify(toldOf(fal), null, 2)}\n` : described(fal, options)),
      );
    });
}

const collected = (one: string, others: readonly string[]): string[] => [...others, one];

/** @throws DomainError */
function readFal({ port, folder, key, endpoint, record, replay }: FalOptions): FalSettings {
  const wrong: Problem[] = placeProblems({ port, folder, record, replay });
  if (key !== undefined && !/^\S+$/.test(key))
    wrong.push({ field: 'key', code: 'malformed', received: key, allowed: 'anything without white space' });
  for (const id of endpoint)
    if (!/^[\w.-]+(\/[\w.-]+)+$/.test(id))
      wrong.push({
        field: 'endpoint',
        code: 'malformed',
        received: id,
        allowed: 'owner/alias or owner/alias/path',
      });
  if (record !== undefined && replay !== undefined)
    wrong.push({
      field: 'replay',
      code: 'ambiguous',
      received: replay,
      allowed: 'either --record or --replay',
    });
  refuseIfWrong(wrong);
  return { port: Number(port), folder, key, endpoints: endpoint, record, replay };
}

const toldOf = ({ url, queueUrl, runUrl, restUrl, apiUrl, key }: RunningFal): RunningFal => ({
  ...{ url, queueUrl, runUrl, restUrl, apiUrl, key },
});

function described({ queueUrl, runUrl, restUrl, apiUrl, key }: RunningFal, options: FalOptions): string {
  return [
    headline(options),
    '',
    `https://queue.fal.run   ${queueUrl}`,
    `https://fal.run         ${runUrl}`,
    `https://rest.fal.ai     ${restUrl}`,
    `https://api.fal.ai      ${apiUrl}`,
    `FAL_KEY                 ${key}`,
    '',
    'How clients take other hosts, and what is known here: docs/sandbox.md. Ctrl-C ends it.',
    '',
  ].join('\n');
}

function headline({ record, replay, folder }: FalOptions): string {
  if (record !== undefined)
    return `Every call goes on to the real fal and costs what it costs there. Shapes are kept in ${record}.`;
  if (replay !== undefined) return `What was recorded in ${replay} is answered. Nothing leaves this machine.`;
  const keeps =
    folder === undefined
      ? 'Requests are forgotten at the end; --folder <folder> keeps them.'
      : `Requests are kept in ${folder}.`;
  return `The local fal answers. Nothing leaves this machine. ${keeps}`;
}

import type { Command } from 'commander';
import { refuseIfWrong } from '../../../application/input/input-validation.js';
import type { Problem } from '../../../domain/errors.js';
import type { CliHost } from '../cli-host.js';
import { numberOrText } from '../number-or-text.js';
import type { RunningTelegram, TelegramSettings } from '../stand-ins.js';
import { placeProblems } from './place-problems.js';
import { addSandboxFal } from './sandbox-fal.js';

/** Where Telegram's own Bot API server listens when nobody says otherwise. */
const telegramPort = 8081;

interface TelegramOptions {
  readonly port: number | string;
  readonly folder?: string;
  readonly token?: string;
  readonly username?: string;
  readonly json?: boolean;
}

export function addSandbox(program: Command, host: CliHost): void {
  const sandbox = program
    .command('sandbox')
    .description('one stand-in alone, for developers of other bots: docs/sandbox.md');
  sandbox
    .command('telegram')
    .description('a Bot API server with a web chat and nothing behind it, until Ctrl-C')
    .option('--port <n>', '0: any that is free', numberOrText, telegramPort)
    .option('--folder <folder>', 'keep chats and the token there; without it all is forgotten at the end')
    .option('--token <token>', 'the token that is accepted; without it one is made up')
    .option('--username <name>', "the bot's username, without @ (default: sandbox_bot)")
    .option('--json', 'one JSON document on stdout, once it answers')
    .action(async ({ json, ...options }: TelegramOptions) => {
      await host.standIns.telegram(readTelegram(options), (telegram) =>
        host.out(json === true ? `${JSON.stringify(telegram, null, 2)}\n` : described(telegram, options)),
      );
    });
  addSandboxFal(sandbox, host);
}

/** @throws DomainError */
function readTelegram({ port, folder, token, username }: TelegramOptions): TelegramSettings {
  const wrong: Problem[] = placeProblems({ port, folder });
  if (token !== undefined && !/^\d{1,10}:[\w-]{1,64}$/.test(token))
    wrong.push({
      field: 'token',
      code: 'malformed',
      received: token,
      allowed: 'digits, a colon, then letters, digits, _ and -',
    });
  if (username !== undefined && !/^(?=.{5,32}$)[a-z]\w*bot$/i.test(username))
    wrong.push({
      field: 'username',
      code: 'malformed',
      received: username,
      allowed: '5-32 letters, digits and _, ending in bot',
    });
  refuseIfWrong(wrong);
  return { port: Number(port), folder, token, username };
}

function described({ url, token, chat, username }: RunningTelegram, { folder }: TelegramOptions): string {
  return [
    'The local Telegram answers. Nothing leaves this machine.',
    '',
    `web chat   ${chat}`,
    `API root   ${url}`,
    `token      ${token}`,
    `bot        @${username}`,
    `chats      ${folder === undefined ? 'forgotten at the end; --folder <folder> keeps them, and the token' : `kept in ${folder}`}`,
    '',
    'How bots take an API root, and what is known here: docs/sandbox.md. Ctrl-C ends it.',
    '',
  ].join('\n');
}

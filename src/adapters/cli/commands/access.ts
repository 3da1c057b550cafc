import type { Command } from 'commander';
import type { Decision } from '../../../application/operator/access/decide-access.js';
import { admissionStates, linkPayload } from '../../../domain/operator/admission.js';
import { answer } from '../answer.js';
import type { CliHost } from '../cli-host.js';
import { tellMore } from '../job-rows.js';
import { numberOrText } from '../number-or-text.js';
import { table } from '../table.js';

interface Json {
  readonly json?: boolean;
}

const everybody = 1_000_000;
const linksListed = 1000;
const asJson = ['--json', 'one JSON document on stdout'] as const;

/** Who may use the bot: the list beside ALLOWED_USER_IDS. */
export function addAccess(program: Command, host: CliHost): void {
  const access = program.command('access').description('who may use the bot, beside ALLOWED_USER_IDS');
  access
    .command('list')
    .description('whom operators let in or turned away, who waits for an answer, and the links')
    .option(...asJson)
    .action(async ({ json }: Json) => list(host, json));
  decides(host, access, 'allow', 'allowed', 'let somebody in; from then on only those on the list may');
  decides(host, access, 'refuse', 'refused', 'say no to somebody who asks');
  decides(host, access, 'remove', 'removed', 'take access away; what they have stays theirs');
  access
    .command('invite')
    .description('make a link that lets people in; from then on nobody else may')
    .option('--uses <n>', 'how many people it lets in', '1')
    .option('--days <n>', 'how long it works', '7')
    .option(...asJson)
    .action(async ({ uses, days, json }: Json & { uses: string; days: string }) => {
      const { makeAccessLink } = await host.services('changes');
      const terms = { uses: numberOrText(uses), days: numberOrText(days) };
      const made = await makeAccessLink.execute(terms, { admin: 'cli' });
      const link = `https://t.me/<your bot>?start=${linkPayload(made)}`;
      answer(host, json, { ...made, link }, `${made.code}\n${link}`);
    });
  access
    .command('end')
    .description('let nobody else in by a link; who came by it stays')
    .argument('<code>')
    .option(...asJson)
    .action(async (code: string, { json }: Json) => {
      const { endAccessLink } = await host.services('changes');
      await endAccessLink.execute({ code }, { admin: 'cli' });
      answer(host, json, { code, state: 'ended' }, `${code} is ended`);
    });
  access
    .command('open')
    .description('forget the list and its links: everybody may come in, as far as ALLOWED_USER_IDS lets them')
    .option(...asJson)
    .action(async ({ json }: Json) => {
      const { openToAll } = await host.services('changes');
      await openToAll.execute({ admin: 'cli' });
      answer(host, json, { state: 'open' }, 'the list and its links are forgotten');
    });
}

function decides(
  host: CliHost,
  access: Command,
  name: string,
  decision: Decision,
  description: string,
): void {
  access
    .command(name)
    .description(description)
    .argument('<user>', 'their Telegram id')
    .option(...asJson)
    .action(async (user: string, { json }: Json) => {
      const { decideAccess } = await host.services('changes');
      const { admission } = await decideAccess.execute({ user, decision }, { admin: 'cli' });
      answer(host, json, admission, `${user} is ${decision}`);
    });
}

async function list(host: CliHost, json: boolean | undefined): Promise<void> {
  const { database } = await host.services('reads');
  const { admissions, accessLinks } = database.stores;
  const byState = await Promise.all(
    admissionStates.map((state) => admissions.list({ state, limit: everybody })),
  );
  const people = byState.flat();
  const links = await accessLinks.list(linksListed);
  const text = [
    people.length === 0
      ? 'nobody is on the list'
      : table(
          ['user', 'name', 'state', 'since', 'by link'],
          people.map(({ user, name, state, at, link }) => [user, name, state, at, link]),
        ),
    ...(links.length === 0
      ? []
      : [
          table(
            ['link', 'used', 'of', 'until', 'ended'],
            links.map(({ code, used, uses, until, endedAt }) => [code, used, uses, until, endedAt]),
          ),
        ]),
  ].join('\n\n');
  answer(host, json, { people, links }, text);
  tellMore(host, (await accessLinks.count()) - links.length, 'older links');
}

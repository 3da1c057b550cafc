import type { Command } from 'commander';
import { refuseIfWrong } from '../../../application/input/input-validation.js';
import { userProblems } from '../../../application/input/user-id.js';
import type { Person } from '../../../application/operator/people/describe-person.js';
import { invalidInput } from '../../../domain/errors.js';
import { type UserId, userId } from '../../../domain/ids.js';
import { answer } from '../answer.js';
import type { CliHost, CliServices } from '../cli-host.js';
import { limitProblems } from '../job-rows.js';
import { numberOrText } from '../number-or-text.js';
import { table } from '../table.js';

/** What is done for somebody: how it is told, and what is written behind their id. */
const acts = {
  grant: ['give them credits', '<credits> <why>'],
  'take-back': ['take credits back that were granted', '<credits> <why>'],
  refund: ['give a payment of theirs back', '<charge> [why]'],
  block: ['shut them out, from their next message on', '[why]'],
  unblock: ['let them in again', '[why]'],
  message: ['write to them as the bot', '<text>'],
} as const;
type Act = keyof typeof acts;

const by = { admin: 'cli' } as const;

export function addUsers(program: Command, host: CliHost): void {
  const users = program.command('users').description('who is known here, and what can be done for them');
  users
    .command('list')
    .description('who came last comes first')
    .option('--blocked', 'only those who are shut out')
    .option('--limit <n>', 'at most so many', '100')
    .option('--json', 'one JSON document on stdout')
    .action(async ({ blocked, limit, json }: { blocked?: boolean; limit: string; json?: boolean }) => {
      refuseIfWrong(limitProblems(limit));
      const { database } = await host.services('reads');
      const filter = { isBlocked: blocked, limit: Number(limit) };
      const rows = await database.stores.people.list(filter);
      const lines = rows.map((row) => [row.id, row.displayName, row.createdAt, row.blockedAt]);
      answer(host, json, rows, table(['id', 'name', 'since', 'blocked'], lines));
    });
  users
    .command('show')
    .description('what somebody has, bought and ordered')
    .argument('<id>', 'their Telegram user id, or a part of their name')
    .option('--json', 'one JSON document on stdout')
    .action(async (id: string, { json }: { json?: boolean }) => {
      const services = await host.services('reads');
      const user = await named(services, id);
      refuseIfWrong(userProblems('id', user));
      const person = await services.describePerson.execute(userId(user));
      answer(host, json, person, textOf(person));
    });
  for (const [act, [description, behind]] of Object.entries(acts) as [Act, (typeof acts)[Act]][])
    users
      .command(act)
      .description(description)
      .argument('<id>', 'their Telegram user id')
      .argument('[words...]', behind)
      .option('--json', 'one JSON document on stdout')
      .action(async (id: string, words: string[], { json }: { json?: boolean }) => {
        const services = await host.services('talks');
        refuseIfWrong(userProblems('id', id));
        const came = await done(services, act, userId(id), words);
        // A grant may be for somebody who never came: it makes them known.
        const person = await services.describePerson.execute(userId(id));
        answer(host, json, { ...person, came }, came);
      });
}

/** A part of a name is good enough where only one person has it. */
async function named({ findPeople }: CliServices, words: string): Promise<string> {
  const found = await findPeople.execute({ words });
  const [only, ...others] = found;
  if (only === undefined || others.length > 0)
    throw invalidInput([
      {
        ...{ field: 'id', code: found.length === 0 ? 'unknown_value' : 'ambiguous', received: words },
        allowed:
          found.map(({ id, displayName }) => `${id} (${displayName})`).join(', ') ||
          'the id of somebody who has used the bot, or a part of their name',
      },
    ]);
  return only.id;
}

async function done(
  services: CliServices,
  act: Act,
  user: UserId,
  words: readonly string[],
): Promise<string> {
  const [first = '', ...rest] = words;
  const all = words.join(' ');
  const why = all === '' ? null : all;
  const moved = { user, amount: numberOrText(first), reason: rest.join(' ') };
  switch (act) {
    case 'grant':
    case 'take-back': {
      const useCase = act === 'grant' ? services.grantCredits : services.takeBackCredits;
      const { balance, held } = await useCase.execute(moved, by);
      return `balance ${balance}, held ${held}`;
    }
    case 'refund': {
      const { payments } = services.database.stores;
      const charge = (await payments.list(user)).find((each) => each.charge === first)?.charge ?? first;
      const { status, taken } = await there(services.returnPayment).execute(
        { charge, why: rest.length === 0 ? null : rest.join(' ') },
        by,
      );
      return `the payment is ${status}, and ${taken} credits went with it`;
    }
    case 'block':
      await there(services.blockPerson).execute({ user, why }, by);
      return `${user} is blocked`;
    case 'unblock': {
      const appeal = await services.unblockPerson.execute({ user, why }, by);
      const free = `${user} is not blocked any more`;
      if (appeal === null) return free;
      return (await there(services.caseChannel).tell(appeal))
        ? `${free}; they had appealed, and were told`
        : `${free}; they had appealed, and cannot be told: they have blocked the bot, or are gone`;
    }
    case 'message': {
      if (why === null) throw invalidInput([{ field: 'text', code: 'required', allowed: acts.message[1] }]);
      const came = await there(services.messagePerson).execute(user, { text: all }, by);
      return came === 'sent' ? 'it was sent' : 'it did not arrive: they have blocked the bot, or are gone';
    }
    default:
      return act satisfies never;
  }
}

function there<Service>(service: Service | undefined): Service {
  if (service === undefined) throw new Error('there is no Telegram to talk to');
  return service;
}

function textOf({ user, account, block, lots, months, work }: Person): string {
  const counts = (states: Readonly<Record<string, number | undefined>>) =>
    Object.entries(states)
      .map(([state, count]) => `${count} ${state}`)
      .join(', ') || 'none';
  const lines = [
    `${user.id}  ${user.displayName ?? '–'}, here since ${user.createdAt.toISOString()}`,
    ...(block === null ? [] : [`BLOCKED since ${block.at.toISOString()}: ${block.why ?? 'no reason given'}`]),
    `balance    ${account.balance}, held ${account.held}`,
    `today      ${work.spent} credits, about $${(work.cost / 1_000_000).toFixed(2)} at fal`,
    `pictures   ${counts(work.pictures)}`,
    `trainings  ${counts(work.trainings)}`,
    `avatars    ${work.avatars}`,
    ...months.subscriptions.map(
      ({ terms, state, until }) => `month      ${terms.id}, ${state}, paid until ${until.toISOString()}`,
    ),
  ];
  const rows = lots.map(({ payment, left }) => [
    ...[payment.charge, payment.paidAt, payment.stars, payment.credits, left, payment.status],
  ]);
  if (rows.length > 0) lines.push('', table(['charge', 'paid', 'Stars', 'credits', 'left', 'state'], rows));
  return lines.join('\n');
}

import type { Command } from 'commander';
import { refuseIfWrong } from '../../../application/input/input-validation.js';
import { userProblems } from '../../../application/input/user-id.js';
import type { Person } from '../../../application/operator/people/describe-person.js';
import { invalidInput } from '../../../domain/errors.js';
import { type UserId, userId } from '../../../domain/ids.js';
import { answer } from '../answer.js';
import type { CliHost, CliServices } from '../cli-host.js';
import { numberOrText } from '../number-or-text.js';
import { table } from '../table.js';

/** What can be done, with what is written behind it. */
const acts = {
  show: '',
  grant: '<credits> <why>',
  'take-back': '<credits> <why>',
  refund: '<charge> [why]',
  block: '[why]',
  unblock: '[why]',
  message: '<text>',
} as const;
type Act = keyof typeof acts;

const by = { admin: 'cli' } as const;

export function addPerson(program: Command, host: CliHost): void {
  program
    .command('person')
    .description('what somebody has and ordered, and what can be done for them')
    .argument('<id>', 'their Telegram user id; with show also a part of their name')
    .argument(
      '[what]',
      Object.entries(acts)
        .map((each) => each.join(' ').trim())
        .join(' | '),
      'show',
    )
    .argument('[words...]')
    .option('--json', 'one JSON document on stdout')
    .action(async (id: string, what: string, words: string[], { json }: { json?: boolean }) => {
      const act = (Object.keys(acts) as Act[]).find((each) => each === what);
      if (act === undefined)
        throw invalidInput([
          { field: 'what', code: 'unknown_value', received: what, allowed: Object.keys(acts).join(', ') },
        ]);
      const isLooking = act === 'show';
      const services = await host.services(isLooking ? 'reads' : 'talks');
      const user = isLooking ? await named(services, id) : id;
      refuseIfWrong(userProblems('id', user));
      const said = isLooking ? null : await done(services, act, userId(user), words);
      // A grant may be for somebody who never came: it makes them known.
      const person = await services.describePerson.execute(userId(user));
      answer(host, json, said === null ? person : { ...person, came: said }, said ?? textOf(person));
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
  act: Exclude<Act, 'show'>,
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
      if (why === null) throw invalidInput([{ field: 'text', code: 'required', allowed: acts.message }]);
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

import type { Command } from 'commander';
import type { WaitingPayment } from '../../../application/operator/payments/list-waiting-payments.js';
import { answer } from '../answer.js';
import type { CliHost } from '../cli-host.js';
import { numberOrText } from '../number-or-text.js';
import { table } from '../table.js';

interface Json {
  readonly json?: boolean;
}

const listed = 1000;
const asJson = ['--json', 'one JSON document on stdout'] as const;
const by = { admin: 'cli' } as const;

/** Payments that only an operator can bring to an end. */
export function addPayments(program: Command, host: CliHost): void {
  const payments = program
    .command('payments')
    .description('refunds that Telegram does not answer, and money for offers that nobody knows');
  payments
    .command('list')
    .description('what waits for you, oldest first, and what can be done')
    .option(...asJson)
    .action(async ({ json }: Json) => {
      const { listWaitingPayments } = await host.services('reads');
      const waiting = await listWaitingPayments.execute(listed);
      const rows = waiting.map(({ payment, waits }) => ({ waits, ...payment }));
      answer(host, json, rows, waiting.length === 0 ? 'no payment waits for you' : textOf(waiting));
    });
  payments
    .command('settle')
    .description('give credits for a payment for an unknown offer; 0 takes it off the list')
    .argument('<charge>')
    .argument('<credits>')
    .argument('<why...>')
    .option(...asJson)
    .action(async (charge: string, credits: string, why: string[], { json }: Json) => {
      const { settlePayment } = await host.services('changes');
      const given = { charge, credits: numberOrText(credits), why: why.join(' ') };
      const settled = await settlePayment.execute(given, by);
      answer(host, json, settled, `${charge} of ${settled.user} is settled with ${settled.credits} credits`);
    });
  payments
    .command('stop')
    .description('ask Telegram no more about a refund whose Stars did not go: its credits come back')
    .argument('<charge>')
    .argument('[why...]')
    .option(...asJson)
    .action(async (charge: string, why: string[], { json }: Json) => {
      const { stopRefund } = await host.services('talks');
      if (stopRefund === undefined) throw new Error('there is no Telegram to talk to');
      const stopped = await stopRefund.execute({ charge, why: why.length === 0 ? null : why.join(' ') }, by);
      answer(host, json, stopped, `${charge} of ${stopped.user} is paid, as before; its credits are back`);
    });
}

const ways = {
  refund: ({ user, charge }: WaitingPayment['payment']) =>
    `Telegram has not said whether it went back. Ask again: aisha users refund ${user} ${charge}; ` +
    `when its list of transactions shows that the Stars stayed: aisha payments stop ${charge}`,
  offer: ({ user, charge }: WaitingPayment['payment']) =>
    `For an offer that nobody knows. Give credits: aisha payments settle ${charge} <credits> <why>; ` +
    `or give it back: aisha users refund ${user} ${charge}`,
} as const;

function textOf(waiting: readonly WaitingPayment[]): string {
  const rows = waiting.map(({ payment: { charge, user, stars, paidAt, taken }, waits }) => [
    ...[charge, user, stars, paidAt, waits, taken],
  ]);
  return [
    table(['charge', 'user', 'Stars', 'paid', 'waits with', 'taken back'], rows),
    ...waiting.map(({ payment, waits }) => `${payment.charge}: ${ways[waits](payment)}`),
  ].join('\n');
}

import type { Finding } from '../../adapters/cli/cli-host.js';
import {
  ListWaitingPayments,
  type WaitingPayment,
} from '../../application/operator/payments/list-waiting-payments.js';
import type { Difference, DifferenceKind, StarTotals } from '../../domain/payments/star-books.js';
import { thousandths } from '../../domain/payments/star-books.js';
import type { PayWaits } from '../../domain/payments/waiting-payment.js';
import type { Composed } from '../composition-root.js';
import { services } from '../identifiers.js';

const shown = 5;

const what: Readonly<Record<DifferenceKind, string>> = {
  only_here: 'Telegram does not know it',
  amount: 'Telegram has another number of Stars',
  back_here_only: 'went back here, not at Telegram',
  back_there_only: 'went back at Telegram, not here',
};

/** Payments that only an operator can bring to an end. */
export async function checkWaitingPayments({ container }: Composed): Promise<Finding> {
  const waiting = await container.get(ListWaitingPayments).execute(shown + 1);
  return waitingFinding(waiting);
}

const waitsWith: Readonly<Record<PayWaits, string>> = {
  refund: 'Telegram has not said for half an hour whether it went back',
  offer: 'it names no offer of ours and brought no credits',
};

export function waitingFinding(waiting: readonly WaitingPayment[]): Finding {
  const subject = 'payments';
  if (waiting.length === 0) return { subject, ok: true, detail: 'none waits for you' };
  const lines = waiting
    .slice(0, shown)
    .map(
      ({ payment, waits }) =>
        `${payment.charge} of ${payment.user}, ${payment.stars} Stars: ${waitsWith[waits]}`,
    );
  const more = waiting.length > shown ? ['and more'] : [];
  return {
    subject,
    ok: false,
    detail: [...lines, ...more].join('; '),
    advice: '`aisha payments list` says what can be done with each; so does /admin, Trouble, Payments.',
  };
}

/** Whether Telegram's books of Stars and ours say the same, as far as a worker has read them. */
export async function checkStars({ container }: Composed): Promise<Finding> {
  const { starBooks } = container.get(services.database).stores;
  const [totals, differing] = await Promise.all([starBooks.totals(), starBooks.differing(shown)]);
  return starsFinding(totals, differing);
}

export function starsFinding(totals: StarTotals, differing: readonly Difference[]): Finding {
  const subject = 'Stars';
  const { paid, refunded, endAt, balance, unexplained } = totals;
  const sums = `${paid} paid, ${refunded} given back or taken away`;
  if (endAt === null)
    return { subject, ok: true, detail: `${sums}; Telegram’s books were not read yet, a worker does that` };
  const read = `Telegram’s books read to ${endAt.toISOString()}`;
  if (totals.differing > 0)
    return {
      subject,
      ok: false,
      detail: `${sums}; ${totals.differing} payments differ (${read}): ${differing.map(named).join('; ')}`,
      advice:
        'Compare them with the list of transactions in @BotFather. What only we know was not paid to this bot: another ' +
        'token, a test server, or a forged message. Tell the person, and take the credits back.',
    };
  if (unexplained !== null && Math.abs(unexplained) >= thousandths)
    return {
      subject,
      ok: false,
      detail: `${sums}; of the balance of ${inStars(balance)} Telegram’s books do not explain ${inStars(unexplained)} (${read})`,
      advice: 'No payment differs. Compare the balance with the list of transactions in @BotFather.',
    };
  const has = balance === null ? '' : `, which leave ${inStars(balance)}`;
  return { subject, ok: true, detail: `${sums}; the same as ${read}${has}` };
}

const named = ({ charge, user, stars, kind }: Difference): string =>
  `${charge} of ${user}, ${stars} Stars: ${what[kind]}`;

const inStars = (amount: number | null): number => (amount ?? 0) / thousandths;

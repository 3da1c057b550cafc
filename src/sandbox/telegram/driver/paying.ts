import type { PreCheckoutQuery, SuccessfulPayment } from 'grammy/types';
import { userOf } from '../people.js';
import type { InvoiceTerms } from '../state/payments.js';
import type { World } from '../state/world.js';
import { answerTo } from './answers.js';
import { postFromPerson } from './person-posting.js';

/** How a payment ended. `unanswered`: the bot let the ten seconds pass. */
export type PaymentOutcome =
  | { readonly paid: true; readonly chargeId: string }
  | { readonly paid: false; readonly reason: string | 'unanswered' };

/** The invoice in a message of the chat, or behind an invoice link. */
export function findInvoice(world: World, chatId: number, invoice: number | string): InvoiceTerms {
  const terms =
    typeof invoice === 'number'
      ? world.messages.find(chatId, invoice)?.invoiceTerms
      : world.payments.findLink(invoice);
  if (terms === undefined) throw new Error(`Chat ${chatId} has no invoice ${invoice}`);
  return terms;
}

/** Asks the bot whether it still wants the money, and pays when it does. */
export async function pay(world: World, personId: number, terms: InvoiceTerms): Promise<PaymentOutcome> {
  const queries = world.queries.checkouts;
  const id = queries.ask();
  const query: PreCheckoutQuery = {
    id,
    from: userOf(world.person(personId)),
    currency: terms.currency,
    total_amount: terms.amount,
    invoice_payload: terms.payload,
  };
  const answered = answerTo(world, queries, 'checkout_answered', id, queries.patience);
  world.updates.push('pre_checkout_query', { pre_checkout_query: query });
  const answer = await answered;
  if (answer === 'unanswered') return { paid: false, reason: 'unanswered' };
  if (!answer.ok) return { paid: false, reason: answer.error_message ?? '' };
  const { chargeId } = world.payments.add({ personId, terms, date: world.seconds() });
  const successful_payment: SuccessfulPayment = {
    currency: terms.currency,
    total_amount: terms.amount,
    invoice_payload: terms.payload,
    telegram_payment_charge_id: chargeId,
    provider_payment_charge_id: chargeId,
  };
  postFromPerson(world, personId, { successful_payment });
  return { paid: true, chargeId };
}

import { badRequest } from '../../bot-api-error.js';
import { having } from '../../state/message-store.js';
import { readStartParameter, readSubscription, readTerms } from '../invoice-terms.js';
import { method } from '../method.js';
import { postFromBot, readMarkup, readPlacement } from '../placement.js';

export const invoiceMethods = [
  method('sendInvoice', (parameters, world) => {
    const placement = readPlacement(parameters, world);
    const markup = readMarkup(parameters, { forInvoice: true });
    const terms = readTerms(parameters);
    const invoice = {
      title: terms.title,
      description: terms.description,
      start_parameter: readStartParameter(parameters),
      currency: terms.currency,
      total_amount: terms.amount,
    };
    return having(
      postFromBot(world, placement, { invoice }, markup, { invoiceTerms: terms }).message,
      'invoice',
    );
  }),
  method('createInvoiceLink', (parameters, world) =>
    world.payments.createLink(readSubscription(parameters, readTerms(parameters))),
  ),
  method('answerPreCheckoutQuery', (parameters, world) => {
    const queryId = parameters.text('pre_checkout_query_id');
    const ok = parameters.flag('ok');
    const message = parameters.text('error_message');
    if (!ok && message === '') throw badRequest('error message must be non-empty');
    if (!world.queries.checkouts.answer(queryId, { ok, error_message: message })) {
      throw badRequest('query is too old and response timeout expired or query ID is invalid');
    }
    world.events.emit({ type: 'checkout_answered', queryId });
    return true;
  }),
];

import { Hono } from 'hono';
import type { ChatDriver } from '../driver/chat-driver.js';
import { person, place, readBody, string } from './person-requests.js';

/** What a person does with Stars in the page, and what they look at before. */
export function createPaying(driver: ChatDriver): Hono {
  const app = new Hono();
  app.post('/payments', async (context) => {
    const body = await readBody(context.req);
    const invoice = typeof body.invoice === 'number' ? body.invoice : string(body, 'invoice');
    return context.json(await driver.payInvoice(person(context.req), invoice, place(body)));
  });
  app.post('/invoices', async (context) => {
    const link = string(await readBody(context.req), 'link');
    return context.json(driver.stars.invoiceBehind(link));
  });
  app.post('/receipts', async (context) => {
    const chargeId = string(await readBody(context.req), 'chargeId');
    return context.json(driver.stars.receipt(person(context.req), chargeId));
  });
  app.post('/subscriptions', async (context) => {
    const { stars } = driver;
    const body = await readBody(context.req);
    const chargeId = string(body, 'chargeId');
    if (body.act === 'cancel') stars.cancelSubscription(chargeId);
    if (body.act === 'resume') stars.resumeSubscription(chargeId);
    if (body.act === 'pass-month') stars.passMonth(chargeId);
    return context.json({ subscriptions: stars.subscriptions(person(context.req)) });
  });
  return app;
}

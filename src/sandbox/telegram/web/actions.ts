import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { BotApiError } from '../bot-api-error.js';
import type { ChatDriver } from '../driver/chat-driver.js';
import type { InlineAnswer } from '../state/inline-results.js';
import { createPaying } from './paying.js';
import { number, person, place, readBody, string } from './person-requests.js';

/** Inline answers that pages still look at. */
const rememberedAnswers = 50;

/** What a person does in the page, under `/people/<id>`; each route does what the driver's method does. */
export function createActions(driver: ChatDriver): Hono {
  const app = new Hono();
  const offered = new Map<string, { readonly query: string; readonly answer: InlineAnswer }>();
  app.onError((error, context) => {
    const said =
      error instanceof BotApiError ? error.description.replace('Bad Request: ', '') : error.message;
    return context.json({ error: said }, 400);
  });
  app.post('/messages', async (context) => {
    const body = await readBody(context.req);
    return context.json(driver.sendText(person(context.req), string(body, 'text'), place(body)));
  });
  app.post('/edits', async (context) => {
    const body = await readBody(context.req);
    driver.editText(person(context.req), number(body, 'messageId'), string(body, 'text'), place(body));
    return context.json({});
  });
  app.post('/deletions', async (context) => {
    const body = await readBody(context.req);
    driver.deleteMessage(place(body).chatId ?? person(context.req), number(body, 'messageId'));
    return context.json({});
  });
  app.post('/reactions', async (context) => {
    const body = await readBody(context.req);
    const emoji = string(body, 'emoji');
    driver.react(
      person(context.req),
      number(body, 'messageId'),
      emoji === '' ? undefined : emoji,
      place(body),
    );
    return context.json({});
  });
  app.post('/taps', async (context) => {
    const body = await readBody(context.req);
    const answer = await driver.tap(
      person(context.req),
      number(body, 'messageId'),
      string(body, 'data'),
      place(body),
    );
    return context.json(answer === 'unanswered' ? { unanswered: true } : answer);
  });
  app.post('/stops', (context) => {
    driver.stopDraft(person(context.req));
    return context.json({});
  });
  app.post('/forwards', async (context) => {
    const body = await readBody(context.req);
    return context.json(
      driver.forward(person(context.req), number(body, 'messageId'), place(body).chatId ?? 0),
    );
  });
  app.post('/shares', async (context) => {
    const body = await readBody(context.req);
    const chosen = [number(body, 'chosen')];
    return context.json(driver.shareUsers(person(context.req), string(body, 'button'), chosen));
  });
  app.post('/inline-queries', async (context) => {
    const body = await readBody(context.req);
    const query = string(body, 'query');
    const answer = await driver.inlineQuery(person(context.req), query, {
      ...place(body),
      offset: string(body, 'offset'),
    });
    if (answer === 'unanswered') return context.json({ unanswered: true });
    const token = randomUUID();
    offered.set(token, { query, answer });
    for (const old of [...offered.keys()].slice(0, -rememberedAnswers)) offered.delete(old);
    return context.json({ token, ...answer });
  });
  app.post('/inline-results', async (context) => {
    const body = await readBody(context.req);
    const { query, answer } = offered.get(string(body, 'token')) ?? {};
    const result = answer?.results.find(({ id }) => id === body.resultId);
    if (query === undefined || result === undefined) throw new Error('These results are too old');
    return context.json(driver.chooseInlineResult(person(context.req), result, { ...place(body), query }));
  });
  app.post('/settings', async (context) => {
    const { languageCode, blocked } = await readBody(context.req);
    const id = person(context.req);
    if (typeof languageCode === 'string' && /^[a-z]{2}$/.test(languageCode)) driver.speak(id, languageCode);
    if (blocked === true) driver.block(id);
    if (blocked === false) driver.unblock(id);
    return context.json({});
  });
  return app.route('/', createPaying(driver));
}

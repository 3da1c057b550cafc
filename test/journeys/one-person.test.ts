import { expect, test } from 'vitest';
import { loadTexts } from '../../src/adapters/telegram/wording/translator.js';
import { userId } from '../../src/domain/ids.js';
import { aBot, aPainter } from '../adapters/telegram/a-bot.js';
import { anOffer } from '../support/builders/an-offer.js';
import { ChatPerson } from '../support/chat-person.js';

const [operator, customer] = [1, 2];
const max = userId('2');
const en = loadTexts()('en');

test('somebody who is stuck is found, gets more pictures a day, a message and their money back', async () => {
  const people = ['Opal', 'Max'].map((firstName, index) => ({
    id: index + 1,
    firstName,
    languageCode: 'en',
  }));
  const quotas = { pictures: 1, budgets: { day: null, month: null } };
  const bot = await aBot(
    { admins: new Set([userId(String(operator))]), quotas },
    { sales: { offers: [anOffer()], refundDays: 14, referralCredits: 0 } },
    { people },
  );
  const { drive } = bot.telegram;
  const { stores } = bot.database;
  await stores.payments.keepOffers([anOffer()]);
  await aPainter(bot, customer, { credits: 10 });
  const [opal, client] = [new ChatPerson(bot, operator), new ChatPerson(bot, customer)];

  const offers = await client.answerTo('/buy');
  await drive.payInvoice(customer, offers.buttons[0]?.[0]?.url ?? '');
  await client.sees('⭐', offers.id);
  expect((await client.answerTo('a knight')).text).toContain('5\u00a0credits');
  const refused = await client.answerTo('a castle');
  expect(refused.text).toContain('1\u00a0picture for today');

  // The operator finds them among the people of their own Telegram, and raises their limit.
  await opal.tap(await opal.answerTo('/admin'), en.plain('button-find-person'));
  await opal.tap(await opal.sees('Who is it?'), en.plain('button-choose-person'));
  const picker = await opal.sees(en.plain('person-pick'));
  drive.shareUsers(operator, en.plain('button-choose-person'), [customer]);
  const card = await opal.sees('Pictures today: 1 of 1', picker.id);
  expect(card.text).toContain('100\u00a0⭐ · 50 of 50');
  await opal.tap(card, en.plain('button-picture-limit'));
  await opal.tap(await opal.sees('How many pictures'), '10');
  await opal.sees('Pictures today: 1 of 10 (their own limit)');
  expect((await client.answerTo('a castle')).text).toContain('5\u00a0credits');

  // Tells them so, and writes below the card what is no order.
  await opal.tap(card, en.plain('button-message'));
  await opal.sees('Write the message');
  const asked = await opal.answerTo('You can make ten a day now.');
  await opal.tap(asked, en.plain('button-confirm-message'));
  await client.sees('You can make ten a day now.');

  await opal.tap(card, '↩');
  const question = await opal.sees('Refund 100\u00a0⭐');
  const offered = await opal.answerTo('did not want it');
  await opal.tap(offered, en.plain('button-use-as-reason'));
  await opal.tap(await opal.sees('did not want it', question.id), '✓');
  await opal.sees('refunded', question.id);
  expect(await stores.generations.list({ owner: userId('1'), limit: 1 })).toEqual([]);
  expect(await stores.payments.list(max)).toMatchObject([{ status: 'refunded' }]);
  const acts = await stores.operatorActs.list(9);
  expect(acts.map(({ act, subject, why }) => [act, subject, why]).reverse()).toEqual([
    ['picture-limit', '2', null],
    ['message', '2', null],
    ['refund', '2', 'did not want it'],
  ]);
  expect(await stores.ledger.breaches()).toEqual([]);
  expect(bot.log.at('error')).toEqual([]);
});

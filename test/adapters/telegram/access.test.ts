import { expect, test } from 'vitest';
import * as buttons from '../../../src/adapters/telegram/buttons/access-buttons.js';
import { deleteMeButton, exportDataButton } from '../../../src/adapters/telegram/buttons/privacy-buttons.js';
import { loadTexts } from '../../../src/adapters/telegram/wording/translator.js';
import { userId } from '../../../src/domain/ids.js';
import type { MessageView } from '../../../src/sandbox/telegram/driver/message-view.js';
import { aBot, type BotWorld, forgedFor } from './a-bot.js';

/** The local Telegram's first two people speak English and Russian. */
const [operator, person] = [1, 2];
const inRussian = loadTexts()('ru');
const closed = 'Это закрытый бот';

const has =
  (words: string, after = 0) =>
  ({ id, text }: MessageView) =>
    id > after && (text?.includes(words) ?? false);

const label = (found: MessageView, words: string) => {
  const all = found.buttons.flat().map(({ text }) => text);
  const [match] = all.filter((text) => text.includes(words));
  if (match === undefined) throw new Error(`there is no button with ${words} among ${all.join(', ')}`);
  return match;
};

const withButton =
  (words: string) =>
  ({ buttons: rows }: MessageView) =>
    rows.flat().some(({ text }) => text.startsWith('🔑') && text.includes(words));

/** A bot whose door an operator has closed by making a link. Its code. */
async function aClosedBot(): Promise<{ bot: BotWorld; code: string }> {
  const bot = await aBot({ admins: new Set([userId(String(operator))]) });
  const { code } = await bot.dependencies.makeAccessLink.execute({ uses: 1, days: 7 }, { admin: 'cli' });
  bot.telegram.drive.start(operator);
  return { bot, code };
}

async function refusedScreen({ telegram: { drive } }: BotWorld): Promise<MessageView> {
  drive.sendText(person, 'рыцарь');
  return drive.waitForMessage(person, has(closed));
}

test('somebody asks, the operators get one card, and their answer is told', async () => {
  const { bot } = await aClosedBot();
  const { drive } = bot.telegram;
  const refused = await refusedScreen(bot);
  const ask = label(refused, 'Попросить доступ');
  await drive.tap(person, refused.id, ask);
  await drive.waitForMessage(person, has(inRussian.plain('access-asked')));
  const card = await drive.waitForMessage(operator, has('Asks for access'));
  // An older screen has the button yet: nobody is bothered twice.
  const forged = await forgedFor(bot, person, [buttons.askAccessButton.data({})]);
  await drive.tap(person, forged, buttons.askAccessButton.data({}));
  await drive.waitForMessage(person, has(inRussian.plain('access-waits')));
  expect(drive.messages(operator).filter(has('Asks for access'))).toHaveLength(1);

  await drive.tap(operator, card.id, label(card, 'Allow'));
  await drive.waitForMessage(operator, has('Has access since'));
  await drive.waitForMessage(person, has('Доступ открыт'));
  drive.sendText(person, '/balance');
  await drive.waitForMessage(person, has('кредит'));
  expect(bot.log.at('error')).toEqual([]);
});

test('of two operators who decide at once the later one hears who was faster, and changes nothing', async () => {
  const { bot } = await aClosedBot();
  const { drive } = bot.telegram;
  const refused = await refusedScreen(bot);
  await drive.tap(person, refused.id, label(refused, 'Попросить доступ'));
  const card = await drive.waitForMessage(operator, has('Asks for access'));
  const user = userId(String(person));
  await bot.dependencies.decideAccess.execute({ user, decision: 'refused' }, { admin: userId('77') });
  expect(await drive.tap(operator, card.id, label(card, 'Allow'))).toMatchObject({
    text: expect.stringMatching(/^Already decided by 77 on .* \d\d:\d\d UTC\. Nothing was changed\.$/),
  });
  const { admission } = await bot.database.stores.admissions.of(user);
  expect(admission?.state).toBe('refused');
});

test('an operator says no, and takes access away in the menu', async () => {
  const { bot, code } = await aClosedBot();
  const { drive } = bot.telegram;
  const refused = await refusedScreen(bot);
  await drive.tap(person, refused.id, label(refused, 'Попросить доступ'));
  const card = await drive.waitForMessage(operator, has('Asks for access'));
  await drive.tap(operator, card.id, label(card, 'Refuse'));
  await drive.waitForMessage(person, has('К сожалению'));
  drive.sendText(person, `/start invite_${code}`);
  await drive.waitForMessage(person, has('приглашение не сработало'));

  drive.sendText(operator, '/admin');
  const menu = await drive.waitForMessage(operator, withButton('Access'));
  await drive.tap(operator, menu.id, label(menu, 'Access'));
  const screen = await drive.waitForMessage(operator, has('The bot is closed.'));
  await drive.tap(operator, screen.id, label(screen, 'Refused'));
  const list = await drive.waitForMessage(
    operator,
    ({ id, text }) => id === screen.id && text?.includes('Refused') === true,
  );
  await drive.tap(operator, list.id, buttons.admissionButton.data({ user: userId(String(person)) }));
  const theirs = await drive.waitForMessage(operator, has('Refused on'));
  await drive.tap(operator, theirs.id, label(theirs, 'Allow'));
  const allowed = await drive.waitForMessage(operator, has('Has access since', theirs.id - 1));
  const welcomed = await drive.waitForMessage(person, has('Доступ открыт'));
  await drive.tap(operator, allowed.id, label(allowed, 'Take access away'));
  await drive.waitForMessage(operator, has('Taken off the list'));
  drive.sendText(person, '/balance');
  await drive.waitForMessage(person, has(closed, welcomed.id));
});

test('a link that the operator makes lets in one person and no second', async () => {
  const { bot } = await aClosedBot();
  const { drive } = bot.telegram;
  drive.sendText(operator, '/admin');
  const menu = await drive.waitForMessage(operator, withButton('Access'));
  await drive.tap(operator, menu.id, label(menu, 'Access'));
  const screen = await drive.waitForMessage(operator, has('The bot is closed.'));
  await drive.tap(operator, screen.id, label(screen, '1\u00a0person'));
  const made = await drive.waitForMessage(operator, has('This link lets in'));
  const [, code = ''] = /start=invite_(\w+)/.exec(made.text ?? '') ?? [];
  drive.sendText(person, `/start invite_${code}`);
  await drive.waitForMessage(person, has('Здравствуйте'));
  const [invited] = await bot.database.stores.admissions.list({ state: 'allowed', limit: 9 });
  expect(invited).toMatchObject({ user: String(person), link: code });
});

test('whoever may not come in finds every door closed but those to their data and their money', async () => {
  const { bot } = await aClosedBot();
  const { drive } = bot.telegram;
  const user = userId(String(person));
  drive.start(person);
  for (const words of ['/balance', '/gallery', '/new', '/admin', 'рыцарь']) {
    const { id } = drive.messages(person).at(-1) ?? { id: 0 };
    drive.sendText(person, words);
    await drive.waitForMessage(person, has(closed, id));
  }
  expect(await bot.database.stores.users.find(user)).toBeNull();
  drive.sendText(person, '/privacy');
  const privacy = await drive.waitForMessage(person, ({ buttons: rows }) =>
    rows.flat().some(({ data }) => data === exportDataButton.data({ user })),
  );
  await drive.tap(person, privacy.id, exportDataButton.data({ user }));
  await expect.poll(() => drive.messages(person).some(({ document }) => document !== undefined)).toBe(true);
  await drive.tap(person, privacy.id, deleteMeButton.data({ user }));
  const question = await drive.waitForMessage(person, has('Удалить все ваши данные'));
  await drive.tap(person, question.id, label(question, 'Да'));
  await drive.waitForMessage(person, has('Удалено'));
  drive.sendText(person, '/paysupport');
  await drive.waitForMessage(person, has('Помощь с оплатой'));
  expect(bot.log.at('error')).toEqual([]);
});

test('an operator opens the bot to everybody again, after a last look', async () => {
  const { bot, code } = await aClosedBot();
  const { drive } = bot.telegram;
  await bot.dependencies.decideAccess.execute({ user: userId('3'), decision: 'allowed' }, { admin: 'cli' });
  drive.sendText(operator, '/admin');
  const menu = await drive.waitForMessage(operator, withButton('Access'));
  await drive.tap(operator, menu.id, label(menu, 'Access'));
  const screen = await drive.waitForMessage(operator, has('on the list: 1'));
  await drive.tap(operator, screen.id, label(screen, 'Open to everybody'));
  const question = await drive.waitForMessage(operator, has('I’ll forget the list (1\u00a0person)'));
  expect(await bot.database.stores.accessLinks.list(9)).toMatchObject([{ code }]);
  await drive.tap(operator, question.id, label(question, 'Yes, open it'));
  await drive.waitForMessage(operator, has('Everybody can use the bot'));
  drive.sendText(person, '/balance');
  await drive.waitForMessage(person, has('кредит'));
  // A link closes it anew; what was confirmed before opens nothing any more.
  await bot.dependencies.makeAccessLink.execute({ uses: 1, days: 7 }, { admin: 'cli' });
  const confirm = question.buttons[0]?.[0]?.data ?? '';
  await drive.tap(operator, await forgedFor(bot, operator, [confirm]), confirm);
  expect(await bot.database.stores.accessLinks.list(9)).toHaveLength(1);
  expect(await bot.database.stores.operatorActs.list(9)).toMatchObject([
    { act: 'access-link' },
    { act: 'access-open', admin: '1' },
    { act: 'access' },
    { act: 'access-link' },
  ]);
});

test('inline mode tells them where to ask', async () => {
  const { bot } = await aClosedBot();
  const { drive } = bot.telegram;
  const answer = await drive.inlineQuery(person, 'рыцарь');
  expect(answer).toMatchObject({
    results: [],
    button: { text: expect.stringContaining(closed), startParameter: 'start' },
  });
});

test('to everybody but operators the buttons of the list are dead', async () => {
  const bot = await aBot({ admins: new Set([userId(String(operator))]) });
  const { drive } = bot.telegram;
  drive.start(person);
  const user = userId(String(person));
  const { code } = await bot.dependencies.makeAccessLink.execute({ uses: 1, days: 7 }, { admin: 'cli' });
  await bot.dependencies.decideAccess.execute({ user, decision: 'allowed' }, { admin: 'cli' });
  const intent = await bot.dependencies.keepIntent.execute({ act: 'access-open' }, { admin: user });
  const forged = [
    buttons.accessButton.data({}),
    buttons.admissionsButton.data({ state: 'allowed', page: 0 }),
    buttons.admissionButton.data({ user }),
    buttons.decideAccessButton.data({ user: userId('3'), decision: 'allowed', shown: null }),
    buttons.sendAwayButton.data({ user: userId('3') }),
    buttons.makeLinkButton.data({ uses: 20 }),
    buttons.endLinkButton.data({ code }),
    buttons.askOpenButton.data({}),
    buttons.openToAllButton.data({ intent }),
  ];
  const message = await forgedFor(bot, person, forged);
  for (const data of forged)
    expect(await drive.tap(person, message, data), data).toMatchObject({
      text: inRussian.plain('dead-button'),
    });
  expect(await bot.database.stores.admissions.count()).toMatchObject({ allowed: 1, removed: 0 });
  expect(await bot.database.stores.accessLinks.list(9)).toMatchObject([{ endedAt: null }]);
});

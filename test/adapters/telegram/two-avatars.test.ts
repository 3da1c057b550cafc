import { expect, test } from 'vitest';
import { originAt } from '../../../src/adapters/telegram/delivery/job-address.js';
import { userId } from '../../../src/domain/ids.js';
import { givenAvatar } from '../../support/builders/given.js';
import { aBot, aPainter } from './a-bot.js';

const owner = userId('1');

test.each([
  ['ru', 'удалённый аватар', 'ℹ Подробно'],
  ['en', 'deleted avatar', 'ℹ Info'],
] as const)('a picture of two names both wherever it is told of, in %s', async (language, gone, info) => {
  const bot = await aBot({}, {}, { people: [{ id: 1, firstName: 'Ada', languageCode: language }] });
  const { drive } = bot.telegram;
  const { stores } = bot.database;
  const avatar = await aPainter(bot, 1, { name: 'Ада <TOK>' });
  const companion = await givenAvatar(stores, { owner, name: 'Борис & Co' });
  drive.start(1);
  await drive.waitForMessage(1, ({ from }) => from !== 1);
  const origin = originAt({ chat: 1, message: null, language, quiet: false, quoted: false });
  const order = () =>
    bot.dependencies.requestGeneration.execute(
      { prompt: 'two knights', avatar: avatar.id, companion: companion.id },
      { owner, origin },
    );
  await order();
  await bot.finish();
  const [result] = drive.messages(1).filter(({ photo }) => photo !== undefined);
  expect(result?.caption).toContain('Ада <TOK> + Борис & Co ·');

  await drive.tap(1, result?.id ?? 0, info);
  await drive.waitForMessage(1, ({ text }) => text?.includes('Ада <TOK> + Борис & Co') === true);
  drive.sendText(1, '/gallery');
  const grid = await drive.waitForMessage(1, ({ caption, id }) => caption !== undefined && id !== result?.id);
  await drive.tap(1, grid.id, '1');
  const card = await drive.waitForMessage(
    1,
    ({ caption, id }) => id === grid.id && caption?.includes('Ада') === true,
  );
  expect(card.caption).toContain('Ада <TOK> + Борис & Co');

  // Who is not there any more is not left out.
  await order();
  await bot.submit();
  await stores.avatars.remove(owner, companion.id);
  await bot.finish();
  const shown = drive
    .messages(1)
    .filter(({ photo, caption }) => photo !== undefined && caption !== undefined);
  expect(shown.some(({ caption }) => caption?.includes(`Ада <TOK> + ${gone} ·`))).toBe(true);
});

import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { fromBufferPromise } from 'yauzl';
import { loadTexts } from '../../src/adapters/telegram/wording/translator.js';
import { userId } from '../../src/domain/ids.js';
import { aBot, aPainter, type BotWorld } from '../adapters/telegram/a-bot.js';
import { ChatPerson } from '../support/chat-person.js';

const [olga, oleg, sasha, lena, max] = [1, 2, 3, 4, 5] as const;
const [en, ru] = [loadTexts()('en'), loadTexts()('ru')];
const closed = 'Это закрытый бот';

/** Two operators, the second of whom reads Russian, and three people whom nobody knows yet. */
async function aWorld() {
  const people = ['Olga', 'Oleg', 'Sasha', 'Lena', 'Max'].map((firstName, index) => ({
    ...{ id: index + 1, firstName, languageCode: index === 1 || index === 2 ? 'ru' : 'en' },
  }));
  const admins = new Set([olga, oleg].map((id) => userId(String(id))));
  const bot = await aBot({ admins }, {}, { people });
  const chat = (id: number) => new ChatPerson(bot, id);
  const operators = { olga: chat(olga), oleg: chat(oleg) };
  await operators.olga.sees('', operators.olga.write('/start'));
  await operators.oleg.sees('', operators.oleg.write('/start'));
  return { bot, ...operators, sasha: chat(sasha), lena: chat(lena), max: chat(max) };
}

async function access(operator: ChatPerson) {
  const menu = await operator.sees('🛠', operator.write('/admin'));
  await operator.tap(menu, en.plain('button-access'));
  return operator.sees('🔑', menu.id - 1);
}

/** What an export says, as whoever asked for it reads it. */
async function exported({ telegram: { drive } }: BotWorld, person: ChatPerson, id: number) {
  const privacy = await person.sees('', person.write('/privacy'));
  await person.tap(privacy, ru.plain('button-export-data'));
  const { document } = await drive.waitForMessage(id, (message) => message.document !== undefined);
  const zip = await fromBufferPromise(await drive.download(document?.file_id ?? ''));
  for await (const entry of zip.eachEntry())
    if (entry.fileName === 'data.json')
      return JSON.parse((await buffer(await zip.openReadStreamPromise(entry))).toString());
}

test('a stranger asks and is let in, another comes by a link, and whoever is taken off still has their data', async () => {
  const { bot, ...people } = await aWorld();
  const { drive } = bot.telegram;
  const { database } = bot;

  // The first link closes the door.
  const screen = await access(people.olga);
  expect(screen.text).toContain('Everybody can use the bot');
  await people.olga.tap(screen, en.plain('button-make-link', { uses: 1 }));
  const made = await people.olga.sees('start=invite_');
  const link = /start=(invite_\w+)/.exec(made.text ?? '')?.[1] ?? '';
  expect((await access(people.olga)).text).toContain('So far only operators can use it');

  // Sasha asks. Both operators are told, once; either may answer.
  const refused = await people.sasha.sees(closed, people.sasha.write('рыцарь'));
  await people.sasha.tap(refused, ru.plain('button-ask-access'));
  await people.sasha.sees(ru.plain('access-asked'));
  const stillClosed = await people.sasha.sees(closed, people.sasha.write('ну пожалуйста'));
  await people.sasha.tap(stillClosed, ru.plain('button-ask-access'));
  await people.sasha.sees(ru.plain('access-waits'));
  const card = await people.oleg.sees('Просит доступ');
  await people.olga.sees('Asks for access');
  expect(people.olga.saw('Asks for access')).toHaveLength(1);
  await people.oleg.tap(card, ru.plain('button-allow'));
  await people.sasha.sees(ru.plain('access-granted'));
  await aPainter(bot, sasha);
  await people.sasha.sees('Начинаю', people.sasha.write('рыцарь'));
  await bot.finish();
  await people.sasha.picture();

  // Lena comes by the link, which is for one.
  drive.start(lena, link);
  await people.lena.sees('Hello');
  drive.start(max, link);
  await people.max.sees('This invite link doesn’t work');
  expect((await access(people.olga)).text).toContain('• on the list: 2\u00a0people');

  // Sasha is taken off: nothing is ordered any more, and no news comes.
  const { admission } = await database.stores.admissions.of(userId(String(sasha)));
  expect(admission).toMatchObject({ state: 'allowed', name: 'Sasha' });
  const opened = await access(people.olga);
  await people.olga.tap(opened, en.plain('button-admissions-allowed', { count: 2 }));
  await people.olga.tap(await people.olga.sees('On the list', opened.id - 1), 'Sasha');
  await people.olga.tap(
    await people.olga.sees('Has access since', opened.id - 1),
    en.plain('button-send-away'),
  );
  await people.olga.sees('Taken off the list', opened.id - 1);
  await people.sasha.sees(closed, people.sasha.write('дракон'));
  expect(await database.stores.generations.list({ limit: 9 })).toHaveLength(1);
  const menu = await people.olga.sees('🛠', people.olga.write('/admin'));
  await people.olga.tap(menu, en.plain('button-broadcasts'));
  await people.olga.tap(await people.olga.sees('📣', menu.id - 1), en.plain('button-broadcast-write'));
  await people.olga.sees('What should everybody read?');
  const ask = await people.olga.sees('It goes to', people.olga.write('New presets'));
  await people.olga.tap(ask, en.plain('button-broadcast-send', { count: 2 }));
  await people.olga.sees('Being sent', ask.id - 1);
  await bot.sendBroadcasts();
  expect([people.oleg, people.lena, people.sasha].map((each) => each.saw('New presets').length)).toEqual([
    1, 1, 0,
  ]);

  // What is theirs stays theirs.
  const data = await exported(bot, people.sasha, sasha);
  expect(data).toMatchObject({
    user: { displayName: 'Sasha' },
    access: { state: 'removed' },
    generations: [{ prompt: 'рыцарь' }],
    broadcasts: { unreachableSince: null, copies: [] },
  });
  const privacy = await people.sasha.sees('', people.sasha.write('/privacy'));
  await people.sasha.tap(privacy, ru.plain('button-delete-me'));
  await people.sasha.tap(
    await people.sasha.sees('Удалить все ваши данные'),
    ru.plain('button-delete-me-yes'),
  );
  await people.sasha.sees('Удалено');
  // To leave is no way to be asked about anew.
  const again = await people.sasha.sees(closed, people.sasha.write('рыцарь'));
  await people.sasha.tap(again, ru.plain('button-ask-access'));
  await people.sasha.sees(ru.plain('access-turned-away'));
  expect(people.oleg.saw('Просит доступ')).toHaveLength(0);
  expect((await database.stores.operatorActs.list(9)).map(({ act, admin }) => `${admin} ${act}`)).toEqual([
    ...['1 broadcast', '1 access', '2 access', '1 access-link'],
  ]);
  expect(await database.stores.ledger.breaches()).toEqual([]);
  expect(bot.log.at('error')).toEqual([]);
});

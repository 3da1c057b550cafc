import { readdir } from 'node:fs/promises';
import { Api } from 'grammy';
import { expect, test } from 'vitest';
import { CommandMenus } from '../../../src/adapters/telegram/bot-commands.js';
import type { BotServices } from '../../../src/adapters/telegram/bot-services.js';
import * as adminButtons from '../../../src/adapters/telegram/buttons/admin-buttons.js';
import { buttonKinds, kindsAmong } from '../../../src/adapters/telegram/buttons/button-kind.js';
import { handledOn } from '../../../src/adapters/telegram/buttons/on-button.js';
import { adminCommands, operatorsOnly } from '../../../src/adapters/telegram/features/admin/admin.js';
import { telegramUseCases } from '../../../src/adapters/telegram/use-cases.js';
import { loadTexts } from '../../../src/adapters/telegram/wording/translator.js';
import { userId } from '../../../src/domain/ids.js';
import type { MessageView } from '../../../src/sandbox/telegram/driver/message-view.js';
import { RecordingLogger } from '../../fakes/recording-logger.js';
import { anOffer } from '../../support/builders/an-offer.js';
import { aBot, type BotWorld, forgedFor } from './a-bot.js';

const operator = userId('1');
const [me, stranger] = [1, 2];

/** Use cases of operators that a person sets off as well, by asking for something that operators decide. */
const alsoEverybodys: readonly string[] = ['askForAccess', 'reportRecipe'];

const has =
  (words: string) =>
  ({ text }: MessageView) =>
    text?.includes(words) ?? false;

/** What is registered for operators alone, wherever it is written. */
function entriesOf({ dependencies, telegram }: BotWorld) {
  const api = new Api(telegram.token, { apiRoot: telegram.url });
  const services = { ...dependencies, api, uploads: api, source: 'telegram:1' } as BotServices;
  const names = handledOn(operatorsOnly(services));
  return {
    kinds: buttonKinds().filter(({ name }) => names.includes(name)),
    commands: ['', ...adminCommands(services).map(([word]) => word)].map((word) => `/admin ${word}`.trim()),
  };
}

/** A bot that notes which use cases of operators are asked for anything. */
async function aWatchedBot(changes: Parameters<typeof aBot>[0] = {}) {
  const folder = new URL('../../../src/application/operator/', import.meta.url);
  const modules = await Promise.all(
    (await readdir(folder, { recursive: true }))
      .filter((file) => file.endsWith('.ts'))
      .map(async (file) => Object.values(await import(new URL(file.replace(/ts$/, 'js'), folder).href))),
  );
  const theirs = new Set(modules.flat());
  const bot = await aBot({ admins: new Set([operator]), ...changes });
  const asked: string[] = [];
  for (const [name, useCase] of Object.entries(telegramUseCases)) {
    if (!theirs.has(useCase) || alsoEverybodys.includes(name)) continue;
    const real = Reflect.get(bot.dependencies, name);
    for (const act of Object.getOwnPropertyNames(useCase.prototype).filter((each) => each !== 'constructor'))
      Object.defineProperty(real, act, {
        value: (...given: unknown[]) => {
          asked.push(`${name}.${act}`);
          return Reflect.get(useCase.prototype, act).apply(real, given);
        },
      });
  }
  return { bot, asked };
}

/** Taps what no message of theirs offers. */
async function forger(bot: BotWorld): Promise<(data: string) => Promise<unknown>> {
  bot.telegram.drive.start(stranger);
  return async (data) => bot.telegram.drive.tap(stranger, await forgedFor(bot, stranger, [data]), data);
}

test('the first screen leads to everything that operators look after, and back', async () => {
  const bot = await aBot({ admins: new Set([operator]) });
  const { drive } = bot.telegram;
  drive.sendText(me, '/admin');
  let screen = await drive.waitForMessage(me, has('For operators'));
  expect(screen.text).toContain('Nothing is waiting');
  const openers = screen.buttons.flat();
  expect(openers[0]?.text).toBe('📊 Numbers');
  for (const { data = '', text } of openers) {
    await drive.tap(me, screen.id, data);
    const opened = await drive.waitForMessage(
      me,
      (message) => message.id >= screen.id && !has('For operators')(message),
    );
    expect(opened.buttons.flat().at(-1)?.text, text).toBe('‹ Back');
    await drive.tap(me, opened.id, adminButtons.adminButton.data({}));
    // A picture cannot become words, nor words a picture: a new message takes the place of the one before.
    screen = await drive.waitForMessage(
      me,
      (message) => message.id >= opened.id && has('For operators')(message),
    );
    await drive.waitFor(() => drive.messages(me).filter(has('🛠')).length === 1);
    await drive.waitFor(() => drive.messages(me).every(({ photo }) => photo === undefined));
  }
  expect(bot.log.at('error')).toEqual([]);
});

test('to everybody else there is none of it, whatever is added', async () => {
  const texts = loadTexts()('ru');
  const { bot, asked } = await aWatchedBot();
  const { drive } = bot.telegram;
  const { kinds, commands } = entriesOf(bot);
  expect(kinds).toEqual(expect.arrayContaining([...kindsAmong(adminButtons)]));
  const tap = await forger(bot);
  drive.sendText(stranger, '/nosuchcommand');
  const unknown = await drive.waitForMessage(stranger, has(texts.plain('unknown-command')));
  for (const command of commands) {
    const [sent] = drive.sendText(stranger, command);
    const answer = await drive.waitForMessage(
      stranger,
      ({ id, from }) => id > (sent?.id ?? 0) && from !== stranger,
    );
    expect(answer.text, command).toBe(unknown.text);
  }
  for (const { longest, name } of kinds)
    expect(await tap(longest), name).toMatchObject({ text: texts.plain('dead-button') });
  // Nor is there another way to it.
  for (const { longest } of buttonKinds()) await tap(longest);
  expect(asked).toEqual([]);
});

test('in a group there is none of it, not even for operators', async () => {
  const { bot, asked } = await aWatchedBot();
  const { drive } = bot.telegram;
  const group = -1_001_000_000_001;
  for (const command of entriesOf(bot).commands) drive.sendText(me, command, { chatId: group });
  drive.sendText(me, '/help', { chatId: group });
  await drive.waitForMessage(group, has('/gallery'));
  expect(drive.messages(group).filter(has('🛠'))).toEqual([]);
  expect(asked).toEqual([]);
});

test('whoever may not come in gets nothing', async () => {
  const { bot, asked } = await aWatchedBot({ allowedUsers: new Set([operator]) });
  const { drive } = bot.telegram;
  const { kinds, commands } = entriesOf(bot);
  const tap = await forger(bot);
  for (const command of commands) drive.sendText(stranger, command);
  for (const { longest } of kinds) await tap(longest);
  expect(drive.messages(stranger).filter(has('🛠'))).toEqual([]);
  expect(asked).toEqual([]);
});

test('the menu has the command for operators alone, and comes with their first message at the latest', async () => {
  const log = new RecordingLogger();
  const bot = await aBot({ admins: new Set([userId('777000777'), operator]) }, { log });
  const { telegram } = bot;
  const api = new Api(telegram.token, { apiRoot: telegram.url });
  const commandsOf = async (scope: object, language?: string) =>
    (await api.getMyCommands({ scope, language_code: language } as never)).map(({ command }) => command);
  await expect.poll(() => log.at('info').filter((line) => line.includes('no chat')).length).toBe(2);
  expect(await commandsOf({ type: 'default' })).not.toContain('admin');
  telegram.drive.start(me);
  for (const language of [undefined, 'ru'])
    await expect.poll(() => commandsOf({ type: 'chat', chat_id: me }, language)).toContain('admin');
});

test.each([
  ['has what belongs to selling where something is sold', [anOffer()], true],
  ['has nothing of it where nothing is sold', [], false],
] as const)('the menu %s, in both languages', async (_, offers, isThere) => {
  const { telegram } = await aBot({}, { sales: { offers, refundDays: 14, referralCredits: 0 } });
  const api = new Api(telegram.token, { apiRoot: telegram.url });
  const ofSelling = ['buy', 'promo', 'invite', 'terms', 'paysupport'];
  for (const language of [{}, { language_code: 'ru' as const }]) {
    await expect.poll(async () => (await api.getMyCommands(language)).length).toBeGreaterThan(0);
    const menu = await api.getMyCommands(language);
    const shown = menu.map(({ command }) => command).filter((command) => ofSelling.includes(command));
    expect(shown).toEqual(isThere ? ofSelling : []);
    expect(menu.map(({ command }) => command)).toContain('balance');
  }
});

test('an operator who is unknown to Telegram holds nobody up', async () => {
  const { telegram } = await aBot();
  telegram.drive.start(me);
  const api = new Api(telegram.token, { apiRoot: telegram.url });
  const log = new RecordingLogger();
  const menus = new CommandMenus(api, loadTexts(), {
    ...{ admins: new Set([userId('777000777'), operator]), log },
    isSelling: true,
  });
  await menus.announce();
  expect((await api.getMyCommands({ scope: { type: 'chat', chat_id: me } })).at(-1)?.command).toBe('admin');
  expect(log.at('info')).toEqual([expect.stringContaining('no chat')]);
});

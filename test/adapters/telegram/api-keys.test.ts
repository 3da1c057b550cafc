import { Api } from 'grammy';
import { expect, test } from 'vitest';
import { openKeysButton, revokeKeyButton } from '../../../src/adapters/telegram/buttons/api-key-buttons.js';
import { AuthenticateApiKey } from '../../../src/application/account/keys/authenticate-api-key.js';
import { services as s } from '../../../src/composition/identifiers.js';
import { userId } from '../../../src/domain/ids.js';
import type { MessageView } from '../../../src/sandbox/telegram/driver/message-view.js';
import { productionWith } from '../../support/production.js';
import { aBot, aPainter, type BotWorld, forgedFor, policy } from './a-bot.js';

const owner = userId('1');
const form = /aisha_[\dA-Za-z]{8}_[\dA-Za-z]{32}/;
const has =
  (words: string, after = 0) =>
  ({ id, text }: MessageView) =>
    id > after && (text?.includes(words) ?? false);
const labels = ({ buttons }: MessageView) => buttons.flat().map(({ text }) => text);

/** The bot, and the API over the same rows. */
async function aBotWithApi() {
  const bot = await aBot();
  await aPainter(bot);
  const { database, dependencies } = bot;
  const container = await productionWith({ database, clock: dependencies.clock, log: bot.log, policy });
  const ask = async (key: string, path: string) =>
    container.get(s.api).request(path, { headers: { authorization: `Bearer ${key}` } });
  return { ...bot, drive: bot.telegram.drive, container, ask };
}
type World = Awaited<ReturnType<typeof aBotWithApi>>;

const keysOf = ({ database }: BotWorld, person = owner) => database.stores.apiKeys.list(person);

/** Taps a button of the newest message that has it. */
async function tap({ drive }: World, label: string, person = 1) {
  const { id } = await drive.waitForMessage(person, (message) => labels(message).includes(label));
  return { id, answer: await drive.tap(person, id, label) };
}

/** Makes a key in the chat; the message that shows it, and the key. */
async function made(world: World, name = 'my script') {
  const { drive } = world;
  drive.sendText(1, '/api');
  await tap(world, '➕ New key');
  await tap(world, '✏ Next: its name');
  const asked = await drive.waitForMessage(1, has('Send me a short name'));
  drive.sendText(1, name);
  const shown = await drive.waitForMessage(1, has('Your key', asked.id));
  const [key = ''] = form.exec(shown.text ?? '') ?? [];
  return { shown, key };
}

test('a key that was made in the chat opens the API, and is shown once', async () => {
  const world = await aBotWithApi();
  const { drive } = world;
  drive.sendText(1, '/api');
  await drive.waitForMessage(1, has('You have no keys yet.'));
  const { shown, key } = await made(world);
  expect(key).not.toBe('');
  expect(shown.entities).toContainEqual(expect.objectContaining({ type: 'spoiler', length: key.length }));
  const response = await world.ask(key, '/v1/account');
  expect([response.status, await response.json()]).toMatchObject([200, { balance: 100, held: 0 }]);

  const { id } = await tap(world, '🔑 My keys');
  expect(id).toBe(shown.id);
  drive.sendText(1, '/api');
  const list = await drive.waitForMessage(1, has('my script', shown.id));
  expect(list.text).toContain(`aisha_${key.slice(6, 14)}_…`);
  expect(list.text).toMatch(/orders, reads, changes avatars\ncreated .+ · last used .+ · until .+/);
  expect(JSON.stringify(drive.messages(1))).not.toContain(key.slice(-32));
  expect(JSON.stringify(world.log.lines)).not.toContain(key.slice(-32));
});

test('its scopes and its end are chosen with buttons', async () => {
  const world = await aBotWithApi();
  const { drive, database } = world;
  drive.sendText(1, '/api');
  await tap(world, '➕ New key');
  for (const label of ['✓ Order pictures', '✓ Change avatars', 'No end date']) await tap(world, label);
  // A key that may do nothing is none.
  const { id } = await tap(world, '✓ See pictures and credits');
  const screen = drive.messages(1).find((message) => message.id === id);
  expect(labels(screen as MessageView)).toEqual([
    ...['Order pictures', '✓ See pictures and credits', 'Change avatars'],
    ...['30 days', '90 days', '365 days', '✓ No end date', '✏ Next: its name', '‹ Back'],
  ]);
  await tap(world, '✏ Next: its name');
  drive.sendText(1, 'reader');
  await drive.waitForMessage(1, has('Your key'));
  expect(await keysOf(world)).toMatchObject([{ name: 'reader', scopes: ['read'], expiresAt: null }]);
  await expect.poll(() => database.stores.pendingReplies.list(owner, '1')).toEqual([]);
});

test('the message that shows it goes with a tap', async () => {
  const world = await aBotWithApi();
  const { shown } = await made(world);
  await tap(world, '🗑 Delete this message');
  await expect.poll(() => world.drive.messages(1).some(({ id }) => id === shown.id)).toBe(false);
});

test('it is written over where Telegram does not delete it any more', async () => {
  const world = await aBotWithApi();
  const { drive, faults } = world.telegram;
  const { shown, key } = await made(world);
  const description = "Bad Request: message can't be deleted for everyone";
  faults.add({ method: 'deleteMessage', fault: { kind: 'error', code: 400, description } });
  expect((await tap(world, '🗑 Delete this message')).answer).not.toBe('unanswered');
  const left = await drive.waitForMessage(1, has('A key was shown here once.'));
  expect([left.id, left.text, left.buttons]).toEqual([shown.id, '🔑 A key was shown here once.', []]);
  expect(JSON.stringify(drive.messages(1))).not.toContain(key.slice(-32));
});

test('one is revoked with a second question, and opens nothing any more', async () => {
  const world = await aBotWithApi();
  const { key } = await made(world);
  expect((await world.ask(key, '/v1/account')).status).toBe(200);
  world.drive.sendText(1, '/api');
  await tap(world, '🗑 Revoke my script');
  await world.drive.waitForMessage(1, has('This can’t be undone'));
  expect((await world.ask(key, '/v1/account')).status).toBe(200);
  await tap(world, '🗑 Yes, revoke it');
  const list = await world.drive.waitForMessage(1, has('my script is revoked.'));
  expect(labels(list)).toEqual(['➕ New key']);
  expect((await world.ask(key, '/v1/account')).status).toBe(401);
});

test('nobody revokes another’s, whatever their app sends', async () => {
  const world = await aBotWithApi();
  const { key } = await made(world);
  const [{ id = '' } = {}] = await keysOf(world);
  world.drive.start(2);
  const api = new Api(world.telegram.token, { apiRoot: world.telegram.url });
  const data = revokeKeyButton.data({ key: id });
  const reply_markup = { inline_keyboard: [[{ text: 'forged', callback_data: data }]] };
  const { message_id } = await api.sendMessage(2, 'forged', { reply_markup });
  expect(await world.drive.tap(2, message_id, data)).not.toBe('unanswered');
  expect((await world.ask(key, '/v1/account')).status).toBe(200);
  expect(await keysOf(world)).toMatchObject([{ revokedAt: null }]);
});

test('a key that could not be shown is revoked, and the name asks again', async () => {
  const world = await aBotWithApi();
  const { drive, telegram } = world;
  drive.sendText(1, '/api');
  await tap(world, '➕ New key');
  await tap(world, '✏ Next: its name');
  const asked = await drive.waitForMessage(1, has('Send me a short name'));
  telegram.faults.add({ method: 'sendMessage', times: 1, fault: { kind: 'bad_gateway' } });
  drive.sendText(1, 'my script');
  const shown = await drive.waitForMessage(1, has('Your key', asked.id));
  const [key = ''] = form.exec(shown.text ?? '') ?? [];
  expect((await world.container.get(AuthenticateApiKey).execute(key))?.name).toBe('my script');
  const all = await keysOf(world);
  expect(all).toHaveLength(2);
  const live = all.filter(({ revokedAt }) => revokedAt === null);
  expect(live.map(({ shown: part }) => part)).toEqual([key.slice(6, 14)]);
});

test('twenty are enough: the way out leads to the list', async () => {
  const world = await aBotWithApi();
  await made(world);
  const [first] = await keysOf(world);
  if (first === undefined) throw new Error('there is no key');
  for (let each = 1; each < 20; each += 1)
    await world.database.stores.apiKeys.add({
      ...first,
      id: world.dependencies.ids.uuid(),
      name: 'W'.repeat(64),
      shown: String(each).padStart(8, '0'),
    });
  world.drive.sendText(1, '/api');
  const list = await world.drive.waitForMessage(1, has('aisha_00000019_'));
  expect(list.buttons).toHaveLength(21);
  await tap(world, '➕ New key');
  await tap(world, '✏ Next: its name');
  world.drive.sendText(1, 'backup script');
  const refused = await world.drive.waitForMessage(1, has('You have 20 keys already'));
  expect(labels(refused)).toEqual(['🔑 My keys']);
  expect(await keysOf(world)).toHaveLength(20);
});

test('whoever was blocked sees none, makes none, and theirs open nothing', async () => {
  const world = await aBotWithApi();
  const { drive, database } = world;
  const { key } = await made(world);
  drive.sendText(1, '/api');
  const list = await drive.waitForMessage(1, has('aisha_'));
  await tap(world, '➕ New key');
  await tap(world, '✏ Next: its name');
  const asked = await drive.waitForMessage(1, has('Send me a short name', list.id));
  await database.stores.blocks.block({ user: owner, at: world.dependencies.clock.now(), why: null });

  for (const words of ['another script', '/api']) drive.sendText(1, words);
  const refusals = () => drive.messages(1).filter(has('You can’t use this bot any more.', asked.id));
  await expect.poll(() => refusals().length).toBe(2);
  const [{ id = '' } = {}] = await keysOf(world);
  const forged = await forgedFor(world, 1, [revokeKeyButton.data({ key: id }), openKeysButton.data({})]);
  for (const data of [revokeKeyButton.data({ key: id }), openKeysButton.data({})])
    expect(await drive.tap(1, forged, data)).not.toBe('unanswered');
  expect(JSON.stringify(drive.messages(1).filter((message) => message.id > asked.id))).not.toContain(
    'my script',
  );
  expect(await keysOf(world)).toMatchObject([{ name: 'my script', revokedAt: null }]);
  expect((await world.ask(key, '/v1/account')).status).toBe(403);
});

test('all of it is in Russian for who reads that', async () => {
  const world = await aBotWithApi();
  const { drive } = world;
  await aPainter(world, 2);
  drive.sendText(2, '/api');
  for (const [label, words] of [
    ['➕ Новый ключ', 'Что ему можно и как долго?'],
    ['✓ Менять аватары', 'Что ему можно и как долго?'],
    ['30\u00a0дней', 'Что ему можно и как долго?'],
    ['✏ Дальше: название', 'Пришлите короткое название'],
  ] as const) {
    await tap(world, label, 2);
    await drive.waitForMessage(2, has(words));
  }
  drive.sendText(2, 'мой скрипт');
  const shown = await drive.waitForMessage(2, has('Ваш ключ мой скрипт'));
  expect(labels(shown)).toEqual(['📋 Скопировать ключ', '🗑 Удалить сообщение', '🔑 Мои ключи']);
  const [key = ''] = form.exec(shown.text ?? '') ?? [];
  expect((await world.ask(key, '/v1/account')).status).toBe(200);
  drive.sendText(2, '/api');
  const list = await drive.waitForMessage(2, has('мой скрипт', shown.id));
  expect(list.text).toMatch(/заказывает, читает\nсоздан .+\sг\. · использован .+\sг\. · до .+\sг\.$/);
  await tap(world, '🗑 Отозвать мой скрипт', 2);
  await drive.waitForMessage(2, has('Вернуть его нельзя'));
  await tap(world, '🗑 Да, отозвать', 2);
  await drive.waitForMessage(2, has('Ключ мой скрипт отозван.'));
  const fault = { kind: 'error', code: 400, description: "Bad Request: message can't be deleted" } as const;
  world.telegram.faults.add({ method: 'deleteMessage', fault });
  await tap(world, '🗑 Удалить сообщение', 2);
  await drive.waitForMessage(2, has('Здесь один раз был показан ключ.'));
  const said = drive.messages(2).filter(({ from }) => from !== 2);
  const words = said.flatMap((message) => [message.text ?? '', ...labels(message)]).join('\n');
  expect(words.match(/(?<![/_a-z])[a-z]{2,}/gi)?.filter((word) => word !== 'aisha') ?? []).toEqual([]);
});

test('the list says where the API is described, when people can reach it', async () => {
  const near = await aBotWithApi();
  near.drive.sendText(1, '/api');
  const plain = await near.drive.waitForMessage(1, has('Keys for your programs'));
  expect(plain.text).not.toMatch(/docs|How it works/);

  const bot = await aBot({}, { publicUrl: 'https://aisha.example/base/' });
  await aPainter(bot);
  const { calls, drive } = bot.telegram;
  const { secret_token: secret } = calls.of('setWebhook')[0]?.parameters ?? expect.fail();
  const entities = [{ type: 'bot_command', offset: 0, length: 4 }];
  const message = { ...aMessage, message_id: drive.start(1).id, text: '/api', entities };
  const body = async () => Buffer.from(JSON.stringify({ update_id: 77, message }));
  expect((await bot.transport.webhook({ header: () => String(secret), body })).status).toBe(200);
  const list = await drive.waitForMessage(1, has('Keys for your programs'));
  expect(list.text).toMatch(/^How it works: https:\/\/aisha\.example\/base\/docs$/m);
});

const aMessage = {
  date: Math.floor(Date.now() / 1000),
  chat: { id: 1, type: 'private', first_name: 'You' },
  from: { id: 1, is_bot: false, first_name: 'You', language_code: 'en' },
};

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadTexts } from '../../src/adapters/telegram/wording/translator.js';
import { userId } from '../../src/domain/ids.js';
import type { MessageView } from '../../src/sandbox/telegram/driver/message-view.js';
import { AvatarWorld, labelled, shows, withButton } from '../support/avatar-world.js';
import { openToAll } from '../support/builders/a-broadcast.js';

const [operator, reader, gone, friend] = [1, 2, 3, 4];
const [en, ru] = [loadTexts()('en'), loadTexts()('ru')];

describe('an operator writes to everybody', () => {
  let world: AvatarWorld;
  beforeAll(async () => {
    const people = ['Olga', 'Rita', 'Gleb', 'Fritz'].map((firstName, index) => ({
      firstName,
      languageCode: index === 1 ? 'ru' : 'en',
    }));
    // Telegram tells by webhook, the list of what it is to tell included.
    world = await AvatarWorld.open(people, { webhooks: true, variables: { ADMIN_USER_IDS: '1' } });
    for (const person of [operator, reader, gone, friend]) {
      world.telegram.drive.start(person);
      await world.message(person, ({ buttons }) => buttons.length > 0);
    }
  });
  afterAll(() => world.close());

  const tap = (person: number, message: MessageView, label: string) =>
    world.telegram.drive.tap(person, message.id, labelled(message, label));
  const copiesFor = (person: number) =>
    world.telegram.drive
      .messages(person)
      .filter(withButton(person === reader ? ru.plain('button-mute-news') : en.plain('button-mute-news')))
      .map(({ text }) => text);

  /** Written and looked at; returns what asks. */
  async function write(text: string, bold = 0): Promise<MessageView> {
    const { drive } = world.telegram;
    drive.sendText(operator, '/admin');
    await world.tap(operator, en.plain('button-broadcasts'));
    await world.tap(operator, en.plain('button-broadcast-write'));
    await world.message(operator, shows('What should everybody read?'));
    const written = drive.send(operator, { text, entities: [{ type: 'bold', offset: 0, length: bold }] });
    return world.message(operator, (message) => message.id > written.id && shows('It goes to')(message));
  }

  it('sees it first, with the number of those who get it, and they get it as it was written', async () => {
    world.telegram.drive.block(gone);
    await expect
      .poll(() => world.database.stores.broadcasts.audience(userId('1'), openToAll))
      .toEqual({ people: 2, unreachable: 1, muted: 0 });
    const card = await write('New presets are here', 3);
    expect(card.text).toContain('2\u00a0people');
    expect(card.text).toContain('1\u00a0blocked the bot');
    await tap(operator, card, '📣 Send to 2');
    const seen = await world.message(friend, withButton(en.plain('button-mute-news')));
    expect(seen).toMatchObject({
      text: 'New presets are here',
      entities: [{ type: 'bold', offset: 0, length: 3 }],
    });
    await world.message(operator, shows('Everybody has it'));
    const done = world.telegram.drive.messages(operator).find(({ id }) => id === card.id);
    expect(done?.text?.replaceAll('\u00a0', ' ')).toContain('2 sent · 0 unreachable · 0 failed · 0 left');
    expect(copiesFor(reader)).toEqual(['New presets are here']);
    expect(copiesFor(gone)).toEqual([]);
  });

  it('does not reach whoever has had enough, and reaches whoever is back', async () => {
    const news = await world.message(reader, withButton(ru.plain('button-mute-news')));
    const answer = await tap(reader, news, ru.plain('button-mute-news'));
    expect(answer).toMatchObject({ text: ru.plain('news-muted') });
    world.telegram.drive.unblock(gone);
    await expect
      .poll(() => world.database.stores.broadcasts.audience(userId('1'), openToAll))
      .toEqual({ people: 2, unreachable: 0, muted: 1 });
    const card = await write('A second message');
    expect(card.text).toContain('1 turned news off');
    await tap(operator, card, '📣 Send to 2');
    await world.message(gone, shows('A second message'));
    await world.message(operator, (message) => message.id === card.id && shows('Everybody has it')(message));
    expect(copiesFor(reader)).not.toContain('A second message');
    // What they do themselves is answered as ever.
    world.telegram.drive.sendText(reader, '/settings');
    await world.message(reader, withButton(ru.plain('settings-no-news')));
  });

  it('reaches each reader once in their language, also when the program is started anew on the way', async () => {
    const { drive, faults, calls } = world.telegram;
    drive.sendText(reader, '/settings');
    await world.tap(reader, ru.plain('settings-no-news'));
    await expect
      .poll(() => world.database.stores.broadcasts.audience(userId('1'), openToAll))
      .toEqual({ people: 3, unreachable: 0, muted: 0 });
    const first = await write('On the way');
    await tap(operator, first, en.plain('button-broadcast-add-ru'));
    await world.message(operator, shows('And in Russian?'));
    drive.sendText(operator, 'В пути');
    const card = await world.message(operator, shows('Those who use me in Russian'));
    const sent = () => calls.of('copyMessage').filter(({ parameters }) => parameters.chat_id !== operator);
    const before = sent().length;
    // Telegram asks for patience: somebody still waits when the program ends.
    faults.add({ method: 'copyMessage', fault: { kind: 'flood', retryAfter: 1 }, times: 1 });
    await tap(operator, card, '📣 Send to 3');
    await expect.poll(() => sent().length).toBeGreaterThan(before);
    await world.restartWorker();
    await world.message(operator, (message) => message.id === card.id && shows('Everybody has it')(message));
    expect(copiesFor(reader).filter((text) => text === 'В пути')).toHaveLength(1);
    for (const person of [gone, friend])
      expect(copiesFor(person).filter((text) => text === 'On the way')).toHaveLength(1);
    expect([...copiesFor(gone), ...copiesFor(friend)]).not.toContain('В пути');
  });

  it('finds all of them, and what was done, in their lists', async () => {
    const { drive } = world.telegram;
    drive.sendText(operator, '/admin');
    await world.tap(operator, en.plain('button-broadcasts'));
    await world.message(operator, shows('2\u00a0sent'));
    drive.sendText(operator, '/admin');
    await world.tap(operator, en.plain('button-acts'));
    const acts = await world.message(operator, shows('wrote to 2'));
    expect(acts.text?.match(/wrote to 2/g)).toHaveLength(2);
    expect(world.log.at('error')).toEqual([]);
  });
});

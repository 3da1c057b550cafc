import { expect, test } from 'vitest';
import { trainMenuButton } from '../../../src/adapters/telegram/buttons/avatar-buttons.js';
import { userId } from '../../../src/domain/ids.js';
import { aDraft, aDraftPhoto } from '../../support/builders/a-training.js';
import { givenAvatar, givenUser } from '../../support/builders/given.js';
import { aBot, aPicture, forgedFor } from './a-bot.js';

const [me, admin] = [1, 2];
const owner = userId('1');

test.each([
  ['✓ Allow', 'The photos of “Ada” are fine', '🎓 Train', 'How thoroughly?'],
  ['✕ Refuse', 'I can’t train “Ada” on these photos', '📸 My photos', 'Ada · A person'],
])(
  'photos that look like a child’s wait for an operator: after "%s" their owner is told, with the way on',
  async (label, told, way, leadsTo) => {
    const people = ['Ada', 'Opal'].map((firstName, index) => ({
      id: index + 1,
      firstName,
      languageCode: 'en',
    }));
    const bot = await aBot({ admins: new Set([userId('2')]) }, {}, { people });
    const { drive } = bot.telegram;
    const { stores } = bot.database;
    const sees = (person: number, words: string, after = 0) =>
      drive.waitForMessage(person, ({ id, text }) => id > after && (text ?? '').includes(words));
    const tap = async (person: number, words: string, begins: string, after = 0) => {
      const screen = await sees(person, words, after);
      const button = screen.buttons.flat().find(({ text }) => text.startsWith(begins));
      expect(button, `"${begins}" under "${screen.text}"`).toBeDefined();
      await drive.tap(person, screen.id, button?.data ?? '');
      return screen;
    };
    await givenUser(stores, { id: owner, language: 'en', credits: 200 });
    const { id: avatar } = await givenAvatar(stores, { owner, status: 'draft', name: 'Ada' });
    await stores.avatarDrafts.save(aDraft({ avatar, owner }));
    for (let count = 0; count < 10; count += 1) {
      const photo = aDraftPhoto({ avatar, owner, faceCount: 1, faceYaw: 0, looksYoung: count < 5 });
      bot.media.files.set(photo.mediaKey, await aPicture(600, 600));
      await stores.photos.add(photo);
    }
    const speeds = trainMenuButton.data({ avatar });
    await drive.tap(me, await forgedFor(bot, me, [speeds]), speeds);
    await tap(me, 'How thoroughly?', '⭐ Balanced');
    await sees(me, 'a person will look at them before I train');
    expect(await stores.ledger.account(owner)).toEqual({ balance: 200, held: 0 });
    drive.sendText(admin, '/admin');
    await tap(admin, '🛠', '🚩 Reports · 1');
    await tap(admin, 'look like a child’s', '👁 Open');
    await expect.poll(() => drive.messages(admin).filter(({ photo }) => photo !== undefined).length).toBe(5);
    await tap(admin, 'look like a child’s', label);
    const news = await sees(me, told);
    await tap(me, told, way);
    await sees(me, leadsTo, news.id - 1);
    expect((await stores.operatorActs.list(5)).map(({ act }) => act)).toEqual(['case-decide', 'case-open']);
    expect(await stores.ledger.account(owner)).toEqual({ balance: 200, held: 0 });
    expect(bot.log.at('error')).toEqual([]);
  },
);

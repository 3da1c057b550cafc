import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { services } from '../../src/composition/identifiers.js';
import { mainFace, resemblance } from '../../src/domain/avatar/faces.js';
import { astronaut } from '../support/astronaut.js';
import { AvatarWorld, shows, withButton } from '../support/avatar-world.js';

const person = 1;
let world: AvatarWorld;
beforeAll(async () => {
  world = await AvatarWorld.open([{ firstName: 'Ada', languageCode: 'en' }], {
    variables: { LOOK_AT_FACES: 'true' },
  });
});
afterAll(() => world.close());

/** The same face twice, side by side, with room between them. */
async function twoPeople(): Promise<Buffer> {
  const one = await sharp(await astronaut())
    .extract({ left: 80, top: 0, width: 300, height: 400 })
    .resize(600, 800)
    .toBuffer();
  const wall = sharp({ create: { width: 1400, height: 800, channels: 3, background: '#8a8078' } });
  return wall
    .composite([
      { input: one, left: 0, top: 0 },
      { input: await sharp(one).flop().toBuffer(), left: 800, top: 0 },
    ])
    .jpeg({ quality: 92 })
    .toBuffer();
}

it('is asked whom to learn when a photo shows several people, and learns that one alone', async () => {
  const { drive } = world.telegram;
  drive.sendText(person, '/new');
  await world.tap(person, '👤 A person');
  await world.message(person, withButton('✅'));
  await drive.sendDocument(person, { bytes: await twoPeople(), name: 'both.jpg' });
  await world.message(person, shows('several people'));
  const [avatar] = await world.avatarsOf(person);
  if (avatar === undefined) throw new Error('nothing was begun');
  const photos = () => world.database.stores.photos.list(avatar.id);
  expect(await photos()).toMatchObject([{ status: 'warned', warnings: ['several_people'], faceCount: 2 }]);

  await world.tap(person, '⚠');
  await world.tap(person, '👥 Choose the person');
  const choice = await world.message(person, shows('Who should I learn?'));
  expect(choice.buttons.flat().map(({ text }) => text)).toEqual(['1', '2', '‹ Back']);
  expect(await drive.tap(person, choice.id, '2')).toMatchObject({ text: 'Done: only this person stays' });
  const [kept, ...more] = await photos();
  expect(more).toEqual([]);
  expect(kept).toMatchObject({ status: 'kept', faceCount: 1 });
  expect(kept?.width).toBeLessThan(800);
  const { media, faceFinder } = {
    media: world.composed.container.get(services.media),
    faceFinder: world.composed.container.get(services.faceFinder),
  };
  const found = await faceFinder.find('the cut', () => media.bytes(kept?.mediaKey ?? ''));
  const whole = await faceFinder.find('the person', astronaut);
  const [cut, original] = [mainFace(found ?? []), mainFace(whole ?? [])];
  if (cut === undefined || original === undefined) throw new Error('there is no face');
  expect(resemblance(cut.traits, original.traits)).toBeGreaterThan(0.65);
});
